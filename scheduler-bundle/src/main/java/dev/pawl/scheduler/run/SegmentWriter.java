package dev.pawl.scheduler.run;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the segments of one run to the store, again and again while the store is not available. Takes the next one when the last is
 * written or refused.
 */
final class SegmentWriter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    /** Listener to the outcome of each write. Called on a thread of the store. */
    interface Listener {
        /** The segment is on disk. */
        void written(Segment segment);

        /** The store does not take the segment, nor any other of this run. */
        void refused();

        /** Waiting threads look again whether to give up; called when the store is not available. */
        void wake();
    }

    private final JobStore store;
    private final Timers timers;
    private final Job job;
    private final Supplier<Duration> elapsed;
    private final Listener listener;
    private volatile @Nullable String trouble;

    SegmentWriter(JobStore store, Timers timers, Job job, Supplier<Duration> elapsed, Listener listener) {
        this.store = store;
        this.timers = timers;
        this.job = job;
        this.elapsed = elapsed;
        this.listener = listener;
    }

    /** The reason why the store did not take the latest write, which is tried again; empty when it takes them or has said nothing. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Whether the latest write is tried again. */
    boolean isFailing() {
        return trouble != null;
    }

    void submit(Segment segment) {
        RunWrite write = segment.write(job.id(), job.state().epoch(), elapsed.get());
        var unused = store.write(write).whenComplete((written, problem) -> done(segment, problem));
    }

    private void done(Segment segment, @Nullable Throwable problem) {
        Throwable cause = problem == null ? null : FutureFailure.cause(problem);
        if (cause == null) {
            trouble = null;
            listener.written(segment);
        } else if (cause instanceof ProblemException unavailable
                && unavailable.code() == ProblemCode.STORE_UNAVAILABLE) {
            retryLater(segment, String.valueOf(unavailable.getMessage()));
        } else {
            boolean expected = cause instanceof StaleRunException
                    || (cause instanceof ProblemException closing && closing.code() == ProblemCode.SHUTTING_DOWN);
            if (!expected) {
                LOG.error(
                        "A write of job {} was refused for good; its run ends here. This is a defect.",
                        job.id(),
                        cause);
            }
            listener.refused();
        }
    }

    private void retryLater(Segment segment, String reason) {
        if (trouble == null) {
            LOG.warn("Job {} waits for the store, which is asked again every {}: {}", job.id(), RETRY_AFTER, reason);
        }
        trouble = reason;
        listener.wake();
        var unused = timers.after(RETRY_AFTER, () -> submit(segment));
    }
}

package dev.pawl.scheduler.trace;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.JobTraces;
import dev.pawl.service.trace.PhaseTime;
import dev.pawl.service.trace.RequestSpan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The traces of jobs: recorded while something exports them, and free of cost otherwise. Safe for many threads. */
public final class RunTraces {

    private volatile @Nullable JobTraces export;

    /** Sets the receiver of the traces; null when there is none any more. */
    public void exportTo(@Nullable JobTraces receiver) {
        export = receiver;
    }

    /** The request with a place in a trace. One that its door has given no place begins a trace here. */
    public JobRequest placed(JobRequest request) {
        JobTraces receiver = export;
        if (receiver == null || request.traceParent().isPresent()) {
            return request;
        }
        RequestSpan span =
                receiver.request(null, "submit " + request.tasks().get(0).module(), Duration.ZERO);
        span.ended(0);
        return request.withTraceParent(span.place());
    }

    /** The record of a run's phases, which keeps them only when the run's job is recorded. */
    public PhaseTimes phases(Job job, MonotonicClock clock) {
        return receiver(job) == null ? PhaseTimes.NONE : PhaseTimes.from(clock);
    }

    /** The place in a trace of what a task calls; that of the job when it is not recorded. */
    public Optional<TraceParent> place(Job job, int taskIndex) {
        JobTraces receiver = receiver(job);
        return receiver == null ? job.request().traceParent() : Optional.of(receiver.place(job, taskIndex));
    }

    /** A run has ended with a move that is on disk. */
    public void ended(Job job, RunMove move, Duration ran, List<PhaseTime> phases) {
        JobTraces receiver = receiver(job);
        if (receiver != null) {
            receiver.ended(job, move, ran, phases);
        }
    }

    private @Nullable JobTraces receiver(Job job) {
        JobTraces receiver = export;
        return receiver != null
                        && job.request()
                                .traceParent()
                                .filter(TraceParent::isSampled)
                                .isPresent()
                ? receiver
                : null;
    }
}

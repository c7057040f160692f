package dev.pawl.scheduler.run;

import dev.pawl.scheduler.schema.DurationText;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Decides where a run that ends takes its job, and says why in the words of the log. */
final class EndMoves {

    private final Job job;
    private final InstantSource clock;

    EndMoves(Job job, InstantSource clock) {
        this.job = job;
        this.clock = clock;
    }

    RunMove completed() {
        return new RunMove.Completed(clock.instant());
    }

    /** The job fails, or waits for another attempt when one is left and could help. */
    RunMove failed(Failure failure) {
        Instant now = clock.instant();
        boolean again = (failure.phase() == Phase.RUN || failure.phase() == Phase.INITIALIZE)
                && job.state().attempt() < job.request().retry().maxAttempts();
        if (!again) {
            return new RunMove.Failed(failure, now);
        }
        Duration delay = RetryDelay.after(job.state().attempt(), job.request().retry(), ThreadLocalRandom.current());
        return new RunMove.Parked(ParkReason.RETRY, now.plus(delay), failure, now);
    }

    /** The run was asked to end: the job waits when it goes on later, and is stopped otherwise. */
    RunMove asked(@Nullable EndCause cause) {
        ParkReason reason = cause == null ? null : cause.parked();
        return reason == null
                ? new RunMove.Stopped(clock.instant())
                : new RunMove.Parked(reason, null, null, clock.instant());
    }

    /** The job fails, whatever its retries: its thread still runs, and another attempt would run beside it. */
    RunMove failedForGood(Failure failure) {
        return new RunMove.Failed(failure, clock.instant());
    }

    /** The thread was given up in cleanup, which nobody had asked to end. */
    Failure cleanupOverdue(TaskStep step, Duration limit) {
        return FailureText.of(
                Phase.CLEANUP,
                step.index(),
                step.kind().id(),
                "cleanup did not end within " + DurationText.exact(limit)
                        + ", nor when it was interrupted; its thread was given up.");
    }

    /** What the log says when a job is told to stop. */
    String note(EndCause cause) {
        return cause == EndCause.DURATION_LIMIT
                ? "Duration limit reached ("
                        + job.request().maxDuration().map(DurationText::exact).orElse("none") + ")"
                : "Stop requested.";
    }
}

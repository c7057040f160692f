package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The end of a run: the move of its job, and the last lines in the job's log. */
final class RunEnd {

    private final Job job;
    private final InstantSource clock;
    private final RunJournal journal;
    private final ReentrantLock logging = new ReentrantLock();
    private boolean logged;

    /**
     * The last line of a run.
     *
     * @param level null when there is nothing to say
     */
    record Line(@Nullable LogLevel level, String text) {
        private static final Line NOTHING = new Line(null, "");
    }

    RunEnd(Job job, InstantSource clock, RunJournal journal) {
        this.job = job;
        this.clock = clock;
        this.journal = journal;
    }

    RunMove completed() {
        return new RunMove.Completed(clock.instant());
    }

    /** The move of a failed run: the job waits for another attempt when one is left and could help, and fails otherwise. */
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

    /** The move of a run that was asked to end: the job waits when it goes on later, and is stopped otherwise. */
    RunMove requested(@Nullable EndCause cause) {
        ParkReason reason = cause == null ? null : cause.parked();
        return reason == null ? new RunMove.Stopped(clock.instant()) : RunMove.Parked.of(reason, clock.instant());
    }

    /** The move of a run whose thread still runs: the job fails, whatever its retries, since another attempt would run beside it. */
    RunMove failedForGood(Failure failure) {
        return new RunMove.Failed(failure, clock.instant());
    }

    /** The failure of a cleanup that took too long and whose thread was abandoned. */
    Failure cleanupOverdue(TaskStep step, Duration limit) {
        return FailureText.of(
                Phase.CLEANUP,
                step.index(),
                step.version().id(),
                "cleanup did not end within " + DurationText.exact(limit)
                        + ", nor when it was interrupted; its thread was given up.");
    }

    /**
     * Logs once why the run was asked to end; a pause is not logged, nor a run that was not asked. Called with the request, and again at
     * the end of the run, so that the line stands before the last one: a module that leaves at once may be faster than the thread of the
     * request. When this returns, the journal has the line.
     */
    void logCause(@Nullable EndCause cause) {
        if (cause == null || cause.pauses()) {
            return;
        }
        logging.lock();
        try {
            if (!logged) {
                logged = true;
                journal.runtimeLine(LogLevel.WARNING, request(cause));
            }
        } finally {
            logging.unlock();
        }
    }

    private String request(EndCause cause) {
        return cause == EndCause.DURATION_LIMIT
                ? "Duration limit reached ("
                        + job.request().maxDuration().map(DurationText::exact).orElse("none") + ")"
                : "Stop requested.";
    }

    /** The last line of the log. */
    static Line line(RunMove move, @Nullable EndCause cause) {
        if (move instanceof RunMove.Failed failed) {
            return new Line(LogLevel.ERROR, sentence(failed.failure()));
        }
        if (move instanceof RunMove.Parked parked) {
            Failure failure = parked.failure();
            if (parked.reason() == ParkReason.RETRY && failure != null) {
                return new Line(
                        LogLevel.WARNING, sentence(failure) + " The next attempt is at " + parked.dueAt() + ".");
            }
            return cause == null ? Line.NOTHING : new Line(LogLevel.INFO, cause.sentence());
        }
        return Line.NOTHING;
    }

    /** The last line of the log when the thread was abandoned. */
    static Line givenUp(Duration limit) {
        return new Line(
                LogLevel.ERROR,
                "The thread did not end within " + DurationText.exact(limit)
                        + " of being interrupted and was given up; nothing it does from now on is saved.");
    }

    private static String sentence(Failure failure) {
        String message = failure.message();
        return "Failed in " + failure.phase().wireName() + " of task " + (failure.taskIndex() + 1) + " ("
                + failure.module() + "): " + message + (message.endsWith(".") ? "" : ".");
    }
}

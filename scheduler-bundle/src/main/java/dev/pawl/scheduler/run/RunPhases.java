package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.scheduler.artifact.ArtifactsRefusedException;
import dev.pawl.scheduler.artifact.GivenUpException;
import dev.pawl.scheduler.trace.PhaseTimes;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Phase;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a run: all remaining tasks are initialized and validated, then one after the other runs and is cleaned up. Used by the
 * run's thread; other threads may look on.
 */
final class RunPhases {

    private final RunJournal journal;
    private final StopLadder ladder;
    private final RunEnd end;
    private final RunArtifacts artifacts;
    private final PhaseTimes times;
    private final StepsLeft steps;
    private volatile TaskStep current; // ahead of the first one while a later one is initialized or validated
    private volatile boolean cleaning;
    private volatile @Nullable Failure failedBeforeCleanup;

    RunPhases(
            List<TaskStep> steps,
            RunJournal journal,
            StopLadder ladder,
            RunEnd end,
            RunArtifacts artifacts,
            PhaseTimes times) {
        this.journal = journal;
        this.ladder = ladder;
        this.end = end;
        this.artifacts = artifacts;
        this.times = times;
        this.steps = new StepsLeft(steps);
        this.current = steps.get(0);
    }

    StepsLeft steps() {
        return steps;
    }

    /** The step that is at work. */
    TaskStep current() {
        return current;
    }

    /**
     * Goes through the phases.
     *
     * @param taskDone called when a task is done and others are left
     * @return the end of the run; null when it has ended already
     */
    @Nullable
    RunMove work(TaskStep.Contexts contexts, Runnable taskDone) {
        artifacts.prepare();
        for (TaskStep step : steps.all()) {
            long mark = times.mark();
            Failure failure = step.initialize(contexts);
            times.ended(step.index(), Phase.INITIALIZE, mark);
            RunMove early = before(step, failure);
            if (early != null) {
                return early;
            }
        }
        for (TaskStep step : steps.all()) {
            long mark = times.mark();
            Failure failure = step.validate();
            times.ended(step.index(), Phase.VALIDATE, mark);
            RunMove early = before(step, failure);
            if (early != null) {
                return early;
            }
        }
        while (true) {
            RunMove move = takeArtifacts(runTask(current));
            if (move != null || journal.isFenced()) {
                return move;
            }
            if (steps.isLast()) {
                return end.completed();
            }
            journal.nextTask(current.index(), ladder::isCancelled);
            artifacts.recorded();
            steps.advance();
            current = steps.first();
            taskDone.run();
            if (ladder.cause() != null) {
                return requestedEnd();
            }
        }
    }

    /** The end of a run that was asked to end. */
    RunMove requestedEnd() {
        return end.requested(ladder.cause());
    }

    /** The end of a run that threw outside the module's own frames, such as for a lack of memory. */
    RunMove failed(Throwable thrown) {
        return end.failed(current.failureOf(Phase.RUN, thrown));
    }

    /** The end of a run whose thread was given up. A pause that comes in cleanup does not save a job whose cleanup is overdue. */
    RunMove abandoned(@Nullable EndCause cause, Duration cleanupLimit) {
        if (!cleaning || (cause != null && !cause.pauses())) {
            return end.requested(cause);
        }
        Failure overdue = end.cleanupOverdue(current, cleanupLimit);
        Failure before = failedBeforeCleanup;
        if (before != null) {
            note(overdue);
        }
        return end.failedForGood(before == null ? overdue : before);
    }

    /** Gives the instances of the modules back. */
    void release() {
        steps.all().forEach(TaskStep::release);
    }

    /** Nothing has run yet, so a run that is to end loses nothing by ending here. */
    private @Nullable RunMove before(TaskStep step, @Nullable Failure failure) {
        current = steps.first();
        if (ladder.cause() != null) {
            return requestedEnd();
        }
        if (failure == null) {
            return null;
        }
        current = step;
        return end.failed(failure);
    }

    private @Nullable RunMove runTask(TaskStep step) {
        long mark = times.mark();
        Throwable thrown = step.run(journal);
        times.ended(step.index(), Phase.RUN, mark);
        EndCause cause = ladder.cause();
        if (journal.isClosed()) {
            return null;
        }
        if (cause != null && cause.pauses() && ladder.hasLeft(thrown)) {
            return requestedEnd();
        }
        Failure runFailure =
                cause != null && !cause.pauses() ? null : thrown == null ? null : step.failureOf(Phase.RUN, thrown);
        failedBeforeCleanup = runFailure;
        Failure cleanupFailure = cleanUp(step);
        if (ladder.cause() != null && !ladder.cause().pauses()) {
            note(cleanupFailure);
            return requestedEnd();
        }
        if (runFailure != null) {
            note(cleanupFailure);
            return end.failed(runFailure);
        }
        return cleanupFailure == null ? null : end.failed(cleanupFailure);
    }

    /** Takes over the artifacts of a task that is over; changes the end of its run when they cannot be kept. */
    private @Nullable RunMove takeArtifacts(@Nullable RunMove move) {
        if (journal.isClosed() || move instanceof RunMove.Parked) {
            return move;
        }
        try {
            artifacts.take(current.index(), ladder::wasInterrupted);
            return move;
        } catch (GivenUpException e) { // the cleanup of the ended job takes them over
            return requestedEnd();
        } catch (ArtifactsRefusedException e) {
            String sentence = String.valueOf(e.getMessage());
            if (move != null) {
                journal.runtimeLine(LogLevel.ERROR, sentence);
                return move;
            }
            return end.failed(
                    FailureText.of(Phase.RUN, current.index(), current.version().id(), sentence));
        }
    }

    private @Nullable Failure cleanUp(TaskStep step) {
        if (!step.cleansUp()) { // most modules: no need to watch the time of nothing
            step.release();
            return null;
        }
        cleaning = true;
        ladder.enterCleanup();
        try {
            long mark = times.mark();
            Failure failure = step.cleanup();
            times.ended(step.index(), Phase.CLEANUP, mark);
            step.release();
            return failure;
        } finally {
            ladder.leaveCleanup();
            cleaning = false;
        }
    }

    private void note(@Nullable Failure cleanupFailure) {
        if (cleanupFailure != null) {
            journal.runtimeLine(LogLevel.ERROR, "Cleanup failed as well: " + cleanupFailure.message());
        }
    }
}

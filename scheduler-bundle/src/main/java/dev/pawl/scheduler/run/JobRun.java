package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.thread.RunAncestry;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job: makes and validates all its remaining tasks, then runs and cleans up one after the other, and ends with one
 * write. It ends exactly once, by its own thread or, when that thread would not end, by the ladder.
 */
public final class JobRun implements Runnable {

    private final Job job;
    private final RunServices plant;
    private final RunJournal journal;
    private final StopLadder ladder;
    private final RunEnd end;
    private final long beganNs;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<Boolean> left = new CompletableFuture<>();
    private final CompletableFuture<JobMove.Outcome> ended = new CompletableFuture<>();

    private final StepsLeft steps;
    private volatile TaskStep current; // ahead of the first one while a later one is made or validated
    private volatile @Nullable Thread thread;
    private volatile boolean cleaning;
    private volatile @Nullable Failure failedBeforeCleanup;
    private volatile boolean over;
    private volatile JobMove.Outcome outcome = JobMove.Outcome.FINISHED;

    /**
     * Prepares a run.
     *
     * @param kinds the modules of the tasks from the job's current one on
     */
    public JobRun(Job job, List<ModuleVersion> kinds, RunServices plant) {
        this.job = job;
        this.plant = plant;
        this.beganNs = plant.monotonic().nanos();
        this.journal = new RunJournal(plant, job, kinds.get(0).version(), this::elapsed, new JournalEvents());
        this.end = new RunEnd(job, plant.clock(), journal);
        this.ladder = new StopLadder(plant.timers(), plant.limits(), journal::wake, this::abandon);
        List<TaskStep> all = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            all.add(new TaskStep(kinds.get(i), job.state().taskIndex() + i, plant));
        }
        this.steps = new StepsLeft(all);
        this.current = all.get(0);
    }

    /** The job as it was claimed. */
    public Job job() {
        return job;
    }

    /** Its tasks that are not done. */
    public StepsLeft steps() {
        return steps;
    }

    /** The module that is at work. */
    public String currentModule() {
        return current.kind().id();
    }

    /** Whether it is a suspected job's, and so young that no other begins beside it unless the job gets further. */
    public boolean isOnTrial() {
        return job.state().isSuspected() && plant.monotonic().nanos() - beganNs < ClaimRequest.TRIAL.toNanos();
    }

    /** Puts on disk how long the job has been running, so that little of it is lost with the process. */
    public void keepElapsed() {
        journal.keepElapsed(current.index());
    }

    /** How far the running task is. */
    public Progress progress() {
        RunTaskContext context = current.context();
        return context == null ? job.state().progress() : context.progress();
    }

    /** Whether its thread has come back. */
    boolean isOver() {
        return over;
    }

    /** Completes when its thread has left the module's code or was given up; the end is with the store then, and perhaps not on disk. */
    public CompletableFuture<Boolean> left() {
        return left;
    }

    /** Why its writes are not on disk, as far as the store has said so. */
    public Optional<String> trouble() {
        return journal.trouble();
    }

    /** Completes when the end is on disk, or the run had lost its epoch. */
    public CompletableFuture<JobMove.Outcome> ended() {
        return ended;
    }

    /** Asks it to end; see {@link StopLadder#request}. */
    public void requestEnd(EndCause cause, Duration patience) {
        if (ladder.request(cause, patience)) {
            end.sayWhy(cause);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        ladder.enter();
        RunAncestry lineage = plant.strays().enter(current.kind(), line -> journal.runtimeLine(LogLevel.ERROR, line));
        DurationLimit limit =
                DurationLimit.of(job, plant.timers(), () -> requestEnd(EndCause.DURATION_LIMIT, Duration.ZERO));
        try {
            RunMove move = null;
            try {
                if (job.state().epoch() > 1) {
                    journal.runtimeLine(
                            LogLevel.INFO,
                            "Run " + job.state().epoch() + " begins"
                                    + (job.state().checkpoint().isEmpty() ? "." : ", from the last checkpoint."));
                }
                move = work();
            } catch (StaleRunException e) {
                outcome = JobMove.Outcome.ABANDONED;
            } catch (TaskCancelledException e) {
                move = endMove();
            } catch (RuntimeException | Error e) { // such as a lack of memory outside the module's own frames
                move = end.failed(current.failureOf(Phase.RUN, e));
            }
            steps.all().forEach(TaskStep::release);
            ladder.leave();
            plant.strays()
                    .leave(lineage, currentModule(), job.id())
                    .ifPresent(line -> journal.runtimeLine(LogLevel.WARNING, line));
            if (move != null) {
                end(move);
            }
        } finally {
            limit.cancel();
            over = true;
            left.complete(true);
            plant.abandoned().left(this);
        }
    }

    private @Nullable RunMove work() {
        for (TaskStep step : steps.all()) {
            RunMove early = before(step, step.initialize(job, values -> context(step, values)));
            if (early != null) {
                return early;
            }
        }
        for (TaskStep step : steps.all()) {
            RunMove early = before(step, step.validate());
            if (early != null) {
                return early;
            }
        }
        while (true) {
            RunMove move = runTask(current);
            if (move != null || journal.isFenced()) {
                return move;
            }
            if (steps.isLast()) {
                return end.completed();
            }
            journal.nextTask(current.index(), ladder::isCancelled);
            steps.advance();
            current = steps.first();
            plant.events().taskDone(this);
            if (ladder.cause() != null) {
                return endMove();
            }
        }
    }

    private RunTaskContext context(TaskStep step, TaskValues values) {
        return new RunTaskContext(
                job, step.index(), step.kind().mapper(), values, plant, journal, ladder, this::elapsed);
    }

    /** Nothing has run yet, so a run that is to end loses nothing by ending here. */
    private @Nullable RunMove before(TaskStep step, @Nullable Failure failure) {
        current = steps.first();
        if (ladder.cause() != null) {
            return endMove();
        }
        if (failure == null) {
            return null;
        }
        current = step;
        return end.failed(failure);
    }

    private @Nullable RunMove runTask(TaskStep step) {
        Throwable thrown = step.run(journal);
        EndCause cause = ladder.cause();
        if (journal.isClosed()) {
            return null;
        }
        if (cause != null && cause.pauses() && ladder.hasLeft(thrown)) {
            return endMove();
        }
        Failure runFailure =
                cause != null && !cause.pauses() ? null : thrown == null ? null : step.failureOf(Phase.RUN, thrown);
        failedBeforeCleanup = runFailure;
        Failure cleanupFailure = cleanUp(step);
        if (ladder.cause() != null && !ladder.cause().pauses()) {
            note(cleanupFailure);
            return endMove();
        }
        if (runFailure != null) {
            note(cleanupFailure);
            return end.failed(runFailure);
        }
        return cleanupFailure == null ? null : end.failed(cleanupFailure);
    }

    private @Nullable Failure cleanUp(TaskStep step) {
        if (!step.cleansUp()) { // most modules: no need to watch the time of nothing
            step.release();
            return null;
        }
        cleaning = true;
        ladder.enterCleanup();
        try {
            Failure failure = step.cleanup();
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

    private RunMove endMove() {
        return end.asked(ladder.cause());
    }

    private void end(RunMove move) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        boolean paused = move instanceof RunMove.Parked parked && parked.reason() != ParkReason.RETRY;
        outcome = !paused
                ? JobMove.Outcome.FINISHED
                : ladder.wasInterrupted() ? JobMove.Outcome.INTERRUPTED : JobMove.Outcome.PARKED;
        EndCause cause = ladder.cause();
        end.sayWhy(cause);
        RunEnd.Line line = RunEnd.line(move, cause);
        journal.end(current.index(), line.level(), line.text(), move);
    }

    /** The thread would not end: it is fenced, and the job goes on without it. */
    private void abandon() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        outcome = JobMove.Outcome.ABANDONED;
        Thread stuck = thread;
        if (stuck != null) {
            plant.abandoned().add(this, currentModule(), stuck);
        }
        EndCause cause = ladder.cause();
        end.sayWhy(cause);
        RunMove move = end.asked(cause);
        if (cleaning && (cause == null || cause.pauses())) {
            Failure overdue = end.cleanupOverdue(current, plant.limits().cleanup());
            Failure before = failedBeforeCleanup;
            if (before != null) {
                note(overdue);
            }
            move = end.failedForGood(before == null ? overdue : before);
        }
        RunEnd.Line line = RunEnd.givenUp(plant.limits().abandon());
        journal.end(current.index(), line.level(), line.text(), move);
        left.complete(true);
    }

    private Duration elapsed() {
        return job.state().elapsed().plusNanos(plant.monotonic().nanos() - beganNs);
    }

    private final class JournalEvents implements RunJournal.Listener {
        @Override
        public void submittedEnd() {
            plant.events().slotFreed(JobRun.this);
        }

        @Override
        public void written() {
            plant.events().written(job.id());
        }

        @Override
        public void endedOrFenced() {
            if (journal.isFenced()) {
                outcome = JobMove.Outcome.ABANDONED;
                ladder.request(EndCause.STOP, Duration.ZERO);
                plant.events().slotFreed(JobRun.this);
            }
            plant.events().ended(JobRun.this);
            ended.complete(outcome);
        }
    }
}

package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.files.DeclaredOutputs;
import dev.pawl.scheduler.thread.RunAncestry;
import dev.pawl.scheduler.trace.PhaseTimes;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One run of a job: goes through the phases of its remaining tasks and ends with one write. It ends exactly once, by its own thread or,
 * when that thread does not end, by the stop ladder.
 */
public final class JobRun implements Runnable {

    /** The name under which patterns of log lines show the trace. */
    private static final String TRACE_ID = "trace_id";

    private final RunId id;
    private final Job job;
    private final RunTiming timing;
    private final TaskResources resources;
    private final DeclaredOutputs outputs = new DeclaredOutputs();
    private final LingeringThreads threads;
    private final RunEvents events;
    private final ElapsedTime elapsed;
    private final PhaseTimes times;
    private final RunJournal journal;
    private final StopLadder ladder;
    private final RunEnd end;
    private final RunPhases phases;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicReference<@Nullable AuditedChange> stop = new AtomicReference<>();
    private final CompletableFuture<Boolean> left = new CompletableFuture<>();
    private final CompletableFuture<JobMove.Outcome> ended = new CompletableFuture<>();

    private volatile @Nullable Thread thread;
    private volatile boolean over;
    private volatile boolean waits;
    private volatile JobMove.Outcome outcome = JobMove.Outcome.FINISHED;
    private volatile @Nullable RunMove last;

    JobRun(
            Job job,
            List<ModuleVersion> versions,
            JobStore store,
            RunTiming timing,
            TaskServices services,
            TaskResources resources,
            LingeringThreads threads,
            RunEvents events) {
        this.id = new RunId(job.id(), job.state().epoch());
        this.job = job;
        this.timing = timing;
        this.resources = resources;
        this.threads = threads;
        this.events = events;
        this.elapsed = new ElapsedTime(job.state().elapsed(), timing.monotonic());
        this.times = resources.traces().phases(job, timing.monotonic());
        this.journal = new RunJournal(store, timing, job, versions.get(0).version(), elapsed, new JournalEvents());
        this.end = new RunEnd(job, timing.clock(), journal);
        this.ladder = new StopLadder(timing.timers(), timing.limits(), journal::wake, this::abandon);
        this.phases = new RunPhases(
                steps(job, versions, services), journal, ladder, end, new RunArtifacts(job, resources, journal), times);
    }

    private static List<TaskStep> steps(Job job, List<ModuleVersion> versions, TaskServices services) {
        TaskStep[] steps = new TaskStep[versions.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new TaskStep(job, job.state().taskIndex() + i, versions.get(i), services);
        }
        return List.of(steps);
    }

    /** The run's own name: its job and epoch. */
    public RunId id() {
        return id;
    }

    /** The job as it was claimed. */
    public Job job() {
        return job;
    }

    /** Its tasks that are not done. */
    public StepsLeft steps() {
        return phases.steps();
    }

    /** The module that is at work. */
    public String currentModule() {
        return phases.current().version().id();
    }

    /**
     * Whether its job is suspected of having ended the process, and the run is so young that no other begins beside it unless the job
     * gets further.
     */
    public boolean isOnTrial() {
        return job.state().isSuspected() && elapsed.ofThisRunNs() < ClaimRequest.TRIAL.toNanos();
    }

    /** Puts on disk how long the job has been running, so that little of it is lost with the process. */
    public void keepElapsed() {
        journal.keepElapsed(phases.current().index());
    }

    /** Progress of the task that is at work. */
    public Progress progress() {
        RunTaskContext context = phases.current().context();
        return context == null ? job.state().progress() : context.progress();
    }

    /** Completes when its thread has left the module's code or was given up; the end is with the store then, and perhaps not on disk. */
    public CompletableFuture<Boolean> left() {
        return left;
    }

    /** The reason why its writes are not on disk, as far as the store has given one. */
    public Optional<String> trouble() {
        return journal.trouble();
    }

    /** Completes when the end is on disk, or the run had lost its epoch. */
    public CompletableFuture<JobMove.Outcome> ended() {
        return ended;
    }

    /** Asks it to end; see {@link StopLadder#request}. */
    public void requestEnd(EndCause cause, Duration checkpointWait) {
        if (ladder.request(cause, checkpointWait)) {
            end.logCause(cause);
        }
    }

    /** Stops it, see {@link StopLadder#request}; the first who asks is named with its end. */
    public void requestStop(@Nullable AuditedChange change) {
        stop.compareAndSet(null, change);
        requestEnd(EndCause.STOP, Duration.ZERO);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        ladder.enter();
        events.began(job);
        job.request().traceParent().ifPresent(trace -> MDC.put(TRACE_ID, trace.traceId()));
        RunAncestry ancestry =
                threads.leaked().enter(phases.current().version(), line -> journal.runtimeLine(LogLevel.ERROR, line));
        DurationLimit limit =
                DurationLimit.of(job, timing.timers(), () -> requestEnd(EndCause.DURATION_LIMIT, Duration.ZERO));
        try {
            RunMove move = work();
            phases.release();
            ladder.leave();
            threads.leaked()
                    .leave(ancestry, currentModule(), job.id())
                    .ifPresent(line -> journal.runtimeLine(LogLevel.WARNING, line));
            if (move != null) {
                end(move);
            }
        } finally {
            limit.cancel();
            MDC.remove(TRACE_ID);
            over = true;
            left.complete(true);
            threads.abandoned().left(id);
        }
    }

    private @Nullable RunMove work() {
        try {
            if (job.state().epoch() > 1) {
                journal.runtimeLine(
                        LogLevel.INFO,
                        "Run " + job.state().epoch() + " begins"
                                + (job.state().checkpoint().isEmpty() ? "." : ", from the last checkpoint."));
            }
            return phases.work(this::context, () -> events.taskDone(id));
        } catch (StaleRunException e) {
            outcome = JobMove.Outcome.ABANDONED;
            return null;
        } catch (TaskCancelledException e) {
            return phases.requestedEnd();
        } catch (RuntimeException | Error e) { // such as a lack of memory outside the module's own frames
            return phases.failed(e);
        }
    }

    private RunTaskContext context(TaskStep step, TaskValues values) {
        return new RunTaskContext(
                job, step.index(), step.version().mapper(), values, resources, outputs, journal, ladder, elapsed);
    }

    private void end(RunMove move) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        boolean paused = move instanceof RunMove.Parked parked && parked.reason() != ParkReason.RETRY;
        outcome = !paused
                ? JobMove.Outcome.FINISHED
                : ladder.wasInterrupted() ? JobMove.Outcome.INTERRUPTED : JobMove.Outcome.PARKED;
        waits = move instanceof RunMove.Parked;
        last = move;
        EndCause cause = ladder.cause();
        end.logCause(cause);
        RunEnd.Line line = RunEnd.line(move, cause);
        journal.end(phases.current().index(), line.level(), line.text(), move, stopped(move, cause));
    }

    /** The thread does not end: it is fenced, and the job goes on without it. */
    private void abandon() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        outcome = JobMove.Outcome.ABANDONED;
        Thread stuck = thread;
        if (stuck != null) {
            threads.abandoned().add(id, currentModule(), stuck);
            if (over) { // it came back while it was being given up
                threads.abandoned().left(id);
            }
        }
        EndCause cause = ladder.cause();
        end.logCause(cause);
        RunMove move = phases.abandoned(cause, timing.limits().cleanup());
        waits = move instanceof RunMove.Parked;
        last = move;
        RunEnd.Line line = RunEnd.givenUp(timing.limits().abandon());
        journal.end(phases.current().index(), line.level(), line.text(), move, stopped(move, cause));
        left.complete(true);
    }

    private @Nullable AuditedChange stopped(RunMove move, @Nullable EndCause cause) {
        return move instanceof RunMove.Stopped && cause == EndCause.STOP ? stop.get() : null;
    }

    private final class JournalEvents implements RunJournal.Listener {
        @Override
        public void written(Segment segment) {
            events.written(job.id());
            events.saved(segment.lines.size(), segment.results.size(), segment.checkpoint != null);
        }

        @Override
        public void endedOrFenced() {
            RunMove move = last;
            if (journal.isFenced()) {
                outcome = JobMove.Outcome.ABANDONED;
                ladder.request(EndCause.STOP, Duration.ZERO);
            } else if (move != null) {
                events.moved(job, move, elapsed.ofThisRunNs(), times.all());
            }
            events.ended(id, waits);
            ended.complete(outcome);
        }
    }
}

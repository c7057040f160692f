package dev.pawl.scheduler.job;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.scheduler.dispatch.ActiveRuns;
import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.scheduler.dispatch.JobEvents;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Stops a job that waits, runs here, or is leased. A job that changes its state meanwhile, or is claimed and has not begun, is looked up
 * again, with growing pauses, for as long as the store may take to confirm a write.
 */
public final class StopJob {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    /** The pause after which another server is asked again. */
    private static final Duration PAUSE_ELSEWHERE = Duration.ofMillis(250);

    /** The time after which the jobs of a server that is gone are taken over. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

    private final JobStore store;
    private final RunTiming timing;
    private final ActiveRuns runs;
    private final Dispatcher dispatcher;
    private final JobEvents events;
    private final Executor background;

    public StopJob(
            JobStore store,
            RunTiming timing,
            ActiveRuns runs,
            Dispatcher dispatcher,
            JobEvents events,
            Executor background) {
        this.store = store;
        this.timing = timing;
        this.runs = runs;
        this.dispatcher = dispatcher;
        this.events = events;
        this.background = background;
    }

    /** @param change who asked for it; null when nobody did */
    CompletionStage<Job> stop(UUID id, @Nullable AuditedChange change) {
        return stop(id, change, false, Duration.ZERO);
    }

    /**
     * Looks the job up and stops it where it is.
     *
     * @param asked whether it was asked to stop before
     * @param paused time for which it was waited for so far
     */
    private CompletionStage<Job> stop(UUID id, @Nullable AuditedChange change, boolean asked, Duration paused) {
        Job job = store.find(id)
                .orElseThrow(() -> new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + id + "\"."));
        JobStatus status = job.state().status();
        if (status.isFinal()) {
            if (asked && status == JobStatus.STOPPED) {
                return CompletableFuture.completedFuture(job);
            }
            throw new ProblemException(
                    ProblemCode.JOB_NOT_ACTIVE, "Job " + id + " is " + status.wireName() + " and cannot be stopped.");
        }
        if (status == JobStatus.PENDING || job.state().leasedUntil() != null) {
            return stopInStore(job, change, paused);
        }
        dispatcher.settle(); // every claimed job is among the runs now
        Optional<JobRun> run = runs.find(id);
        if (run.isEmpty()) {
            return elsewhere(job, change, asked, paused);
        }
        run.get().requestStop(change);
        return confirmed(run.get()).thenComposeAsync(outcome -> stop(id, change, true, paused), background);
    }

    /** A job that runs on another server is stopped there, or put back when that is gone; another one is on its way to its run here, or from it. */
    private CompletionStage<Job> elsewhere(Job job, @Nullable AuditedChange change, boolean asked, Duration paused) {
        return Confirmation.within(store.askToStop(job.id(), change), "The request to stop job " + job.id())
                .thenComposeAsync(
                        isElsewhere -> isElsewhere
                                ? again(job, change, true, paused, PAUSE_ELSEWHERE, patienceElsewhere())
                                : again(job, change, asked, paused),
                        background);
    }

    private Duration patienceElsewhere() {
        return timing.limits().longest().plus(timing.limits().confirm()).plus(TAKEOVER);
    }

    private CompletionStage<Job> stopInStore(Job job, @Nullable AuditedChange change, Duration paused) {
        Instant now = timing.clock().instant();
        RunWrite.Line line = new RunWrite.Line(now, LogLevel.WARNING, "Stop requested.");
        RunWrite write = RunWrite.ofRuntime(job)
                .withLines(List.of(line))
                .withMove(new RunMove.Stopped(now))
                .withChange(change);
        return Confirmation.within(store.write(write), "The stop of job " + job.id())
                .handle((written, problem) -> {
                    if (problem == null) {
                        events.written(job.id());
                        events.changed(job.id());
                    } else if (!(FutureFailure.cause(problem) instanceof StaleRunException)) {
                        throw FutureFailure.unchecked(problem);
                    }
                    return problem == null;
                })
                .thenComposeAsync(
                        written -> written ? stop(job.id(), change, true, paused) : again(job, change, true, paused),
                        background);
    }

    /** Waits until the end of the run is on disk; fails when the store does not confirm it soon after the run is over. */
    private CompletableFuture<JobMove.Outcome> confirmed(JobRun run) {
        CompletableFuture<JobMove.Outcome> confirmed = run.ended().copy();
        var unused = run.left().thenRun(() -> {
            Runnable late = () -> confirmed.completeExceptionally(unconfirmed(run));
            if (!confirmed.isDone() && timing.timers().after(timing.limits().confirm(), late) == null) {
                late.run(); // the server is stopping
            }
        });
        return confirmed;
    }

    private static ProblemException unconfirmed(JobRun run) {
        return new ProblemException(
                ProblemCode.STORE_UNCONFIRMED,
                "Job " + run.job().id() + " does not run any more, but that is not on disk: "
                        + run.trouble().orElse("the store has not confirmed it.")
                        + " There it is running, with its last checkpoint. This server writes the stop once the store takes it; if the"
                        + " server ends before, the next start goes on from that checkpoint.");
    }

    /** Looks the job up again after a pause: it is on its way from one state to another, and a write will end that. */
    private CompletionStage<Job> again(Job job, @Nullable AuditedChange change, boolean asked, Duration paused) {
        Duration doubled = paused.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : paused;
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return again(job, change, asked, paused, pause, timing.limits().confirm());
    }

    private CompletionStage<Job> again(
            Job job,
            @Nullable AuditedChange change,
            boolean asked,
            Duration paused,
            Duration pause,
            Duration patience) {
        UUID id = job.id();
        if (paused.compareTo(patience) >= 0) {
            throw new ProblemException(
                    ProblemCode.STORE_UNCONFIRMED,
                    "Job " + id + " is not stopped: it was on its way from one state to another for "
                            + paused.toMillis() / 1_000.0 + " s, and on disk it is "
                            + job.state().status().wireName() + ", run "
                            + job.state().epoch() + ".");
        }
        CompletableFuture<Void> moment = new CompletableFuture<>();
        var timer = timing.timers().after(pause, () -> moment.complete(null));
        if (timer == null) {
            throw new ProblemException(
                    ProblemCode.SHUTTING_DOWN, "The server is stopping; job " + id + " is put back.");
        }
        return moment.thenComposeAsync(done -> stop(id, change, asked, paused.plus(pause)), background);
    }
}

package dev.pawl.scheduler;

import dev.pawl.api.job.Job;
import dev.pawl.api.job.JobMove;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.Confirmation;
import dev.pawl.api.store.RunMove;
import dev.pawl.api.store.RunWrite;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.run.JobRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Stops a job wherever it is: waiting, running here, or leased. It may move meanwhile; then it is looked for again. */
final class StopJob {

    private static final int MOST_LOOKS = 20;

    private final SchedulerParts parts;

    StopJob(SchedulerParts parts) {
        this.parts = parts;
    }

    CompletionStage<Job> stop(UUID id) {
        return stop(id, 0);
    }

    private CompletionStage<Job> stop(UUID id, int looks) {
        Job job = parts.store()
                .find(id)
                .orElseThrow(() -> new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + id + "\"."));
        JobStatus status = job.state().status();
        if (status.isFinal()) {
            if (looks > 0 && status == JobStatus.STOPPED) {
                return CompletableFuture.completedFuture(job);
            }
            throw new ProblemException(
                    ProblemCode.JOB_NOT_ACTIVE, "Job " + id + " is " + status.wireName() + " and cannot be stopped.");
        }
        if (looks > MOST_LOOKS) {
            throw new ProblemException(
                    ProblemCode.INTERNAL, "Job " + id + " moved " + MOST_LOOKS + " times while it was being stopped.");
        }
        if (status == JobStatus.PENDING || job.state().leasedUntil() != null) {
            return stopInStore(job, looks);
        }
        parts.dispatcher().settle(); // what is claimed is among the runs now
        Optional<JobRun> run = parts.runs().find(id);
        if (run.isEmpty()) {
            return again(id, looks);
        }
        run.get().requestEnd(EndCause.STOP, Duration.ZERO);
        return confirmed(run.get()).thenComposeAsync(outcome -> stop(id, looks + 1), parts.background());
    }

    private CompletionStage<Job> stopInStore(Job job, int looks) {
        Instant now = parts.clock().instant();
        RunWrite.Line line = new RunWrite.Line(now, LogLevel.WARNING, "Stop requested.");
        RunWrite write = RunWrite.ofRuntime(job, List.of(line), null, new RunMove.Stopped(now));
        return Confirmation.within(parts.store().write(write), "The stop of job " + job.id())
                .handle((written, problem) -> {
                    if (problem == null) {
                        parts.plantEvents().written(job.id());
                        parts.removed(job.id());
                    } else if (!(cause(problem) instanceof StaleRunException)) {
                        throw new CompletionException(cause(problem));
                    }
                    return job.id();
                })
                .thenComposeAsync(id -> stop(id, looks + 1), parts.background());
    }

    /** The end of the run on disk; what there is instead, when the store does not confirm it soon after the run is over. */
    private CompletableFuture<JobMove.Outcome> confirmed(JobRun run) {
        CompletableFuture<JobMove.Outcome> confirmed = run.ended().copy();
        var unused = run.left().thenRun(() -> {
            Runnable late = () -> confirmed.completeExceptionally(unconfirmed(run));
            if (!confirmed.isDone()
                    && parts.plant().timers().after(parts.plant().limits().confirm(), late) == null) {
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

    private CompletionStage<Job> again(UUID id, int looks) {
        CompletableFuture<Void> moment = new CompletableFuture<>();
        var timer = parts.plant().timers().after(Duration.ofMillis(5), () -> moment.complete(null));
        if (timer == null) {
            throw new ProblemException(
                    ProblemCode.SHUTTING_DOWN, "The server is stopping; job " + id + " is put back.");
        }
        return moment.thenComposeAsync(done -> stop(id, looks + 1), parts.background());
    }

    private static Throwable cause(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }
}

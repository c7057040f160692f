package dev.pawl.scheduler.worker;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.run.RetryDelay;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Progress;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.RunWrite.TaskChange;
import dev.pawl.service.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ends jobs as the external workers that hold them report it. */
final class LeaseEnd {

    private final JobStore store;
    private final InstantSource clock;
    private final Duration expiry;
    private final JobLookup lookup;
    private final KnownLeases leases;
    private final HeardWorkers heard;
    private final SecretNames secrets;
    private final LeaseEvents events;

    LeaseEnd(
            JobStore store,
            InstantSource clock,
            Duration expiry,
            KnownLeases leases,
            HeardWorkers heard,
            SecretNames secrets,
            LeaseEvents events) {
        this.store = store;
        this.clock = clock;
        this.expiry = expiry;
        this.lookup = new JobLookup(store);
        this.leases = leases;
        this.heard = heard;
        this.secrets = secrets;
        this.events = events;
    }

    CompletionStage<Void> completed(String id, @Nullable Long epoch, boolean failed, Object reported) {
        Object info = WorkerInfo.kept(reported);
        Job job = lookup.job(id);
        requireHeld(job, epoch);
        String holder = Objects.requireNonNull(job.state().worker());
        String worker = worker(holder, info);
        Progress progress = new Progress(failed ? job.state().progress().percent() : 100, info);
        RunMove move = failed ? failure(job, reported) : new RunMove.Completed(clock.instant());
        Duration held = leases.time().of(job);
        RunWrite end = RunWrite.ofRuntime(job)
                .withLines(List.of(leases.log().end(job, worker, failed, reported)))
                .withTask(TaskChange.NONE.withProgress(progress))
                .withElapsed(held)
                .withMove(move)
                .withChange(AuditedChange.current());
        CompletionStage<Written> written = (worker.equals(holder)
                        ? CompletableFuture.completedFuture(true)
                        : store.keepLease(job.id(), job.state().epoch(), holder, worker, expiry))
                .thenCompose(named -> store.write(end));
        return Confirmation.within(written, "The end of job " + job.id()).handle((done, problem) -> {
            if (problem != null) {
                if (FutureFailure.cause(problem)
                        instanceof StaleRunException) { // it has changed since it was looked up
                    throw takenOver(job, job.state().epoch());
                }
                throw FutureFailure.unchecked(problem);
            }
            events.leaseWritten(job.id());
            events.leaseEnded(job, move, held);
            events.queueChanged();
            return null;
        });
    }

    private static void requireHeld(Job job, @Nullable Long epoch) {
        if (epoch != null && epoch != job.state().epoch()) {
            throw takenOver(job, epoch);
        }
        if (job.state().status().isFinal()) {
            throw new ProblemException(
                    ProblemCode.JOB_FINAL,
                    "Job " + job.id() + " is " + job.state().status().wireName() + " already.");
        }
        if (job.state().status() != JobStatus.RUNNING || job.state().leasedUntil() == null) {
            throw new ProblemException(
                    ProblemCode.JOB_NOT_HELD, "Job " + job.id() + " is not held by an external worker.");
        }
    }

    private static ProblemException takenOver(Job job, long epoch) {
        return new ProblemException(
                ProblemCode.RUN_TAKEN_OVER,
                "Run " + epoch + " of job " + job.id() + " is over or was taken over; its end is not taken.");
    }

    /**
     * The worker that reports: the holder, or for a job that was polled without a name and ended before a heartbeat named it, the known
     * worker that the info names.
     */
    private String worker(String holder, Object info) {
        return LeaseHolder.UNNAMED.equals(holder)
                        && info instanceof Map<?, ?> values
                        && values.get("worker_id") instanceof String named
                        && heard.knows(named)
                ? named
                : holder;
    }

    private RunMove failure(Job job, Object reported) {
        String message = Secrets.shown(WorkerInfo.message(reported), secrets.secretForms(job), TextLimit.MESSAGE);
        Failure failure = new Failure(
                Phase.RUN, job.state().taskIndex(), job.currentTask().module(), message, null);
        if (job.state().attempt() >= job.request().retry().maxAttempts()) {
            return new RunMove.Failed(failure, clock.instant());
        }
        Instant due = clock.instant()
                .plus(RetryDelay.after(job.state().attempt(), job.request().retry(), ThreadLocalRandom.current()));
        return new RunMove.Parked(ParkReason.RETRY, due, failure, clock.instant());
    }
}

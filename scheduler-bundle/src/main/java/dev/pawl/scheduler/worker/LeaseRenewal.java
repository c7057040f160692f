package dev.pawl.scheduler.worker;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.Written;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Renews the leases of external workers with each of their heartbeats, and writes the progress that these report. */
final class LeaseRenewal {

    private final JobStore store;
    private final Duration expiry;
    private final KnownLeases leases;
    private final LeaseEvents events;

    LeaseRenewal(JobStore store, Duration expiry, KnownLeases leases, LeaseEvents events) {
        this.store = store;
        this.expiry = expiry;
        this.leases = leases;
        this.events = events;
    }

    /** The jobs that a worker holds whose heartbeat names none; none when it is not at work, whatever it was handed. */
    List<Job> held(String worker, Heartbeat heartbeat) {
        return heartbeat.status() == WorkerStatus.IN_PROGRESS
                ? store.running().stream()
                        .filter(job -> worker.equals(job.state().worker())
                                && job.state().leasedUntil() != null)
                        .toList()
                : List.of();
    }

    /** Renews the leases of jobs that the heartbeat does not name. */
    CompletionStage<JobHold> renew(String worker, List<Job> held) {
        return CompletableFuture.allOf(held.stream()
                        .map(job -> extended(worker, job).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> JobHold.NONE);
    }

    /** Renews the lease of the job that the heartbeat names, and writes its progress. */
    CompletionStage<JobHold> renew(String worker, Job job, Heartbeat heartbeat) {
        CompletionStage<Boolean> kept = extended(worker, job);
        Double percent = heartbeat.progress();
        Progress before = job.state().progress();
        Progress now = new Progress(percent == null ? before.percent() : percent, heartbeat.info());
        List<RunWrite.Line> lines = leases.log().task(job, heartbeat);
        if (now.equals(before) && lines.isEmpty()) {
            return kept.thenApply(LeaseRenewal::hold);
        }
        // It runs once its lease is kept, also when it waits now because the worker was silent.
        RunWrite write = RunWrite.of(new RunId(job.id(), job.state().epoch()), RunWrite.NO_TASK)
                .withElapsed(job.state().elapsed())
                .withLines(lines)
                .withTask(RunWrite.TaskChange.NONE.withProgress(now));
        CompletionStage<Written> reported = store.write(write).exceptionally(LeaseRenewal::unlessStale);
        return kept.thenCombine(reported, (holds, written) -> {
            events.leaseWritten(job.id());
            return hold(holds);
        });
    }

    private CompletionStage<Boolean> extended(String worker, Job job) {
        leases.ends().renew(job);
        String holder = Objects.requireNonNull(job.state().worker());
        return store.keepLease(job.id(), job.state().epoch(), holder, worker, expiry);
    }

    private static JobHold hold(boolean holds) {
        return holds ? JobHold.HELD : JobHold.LOST;
    }

    /** A heartbeat is accepted even when its job has gone on without the worker meanwhile. */
    private static @Nullable Written unlessStale(Throwable failure) {
        if (FutureFailure.cause(failure) instanceof StaleRunException) {
            return null;
        }
        throw FutureFailure.unchecked(failure);
    }
}

package dev.pawl.scheduler.worker;

import dev.pawl.api.job.Failure;
import dev.pawl.api.job.Job;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.job.ParkReason;
import dev.pawl.api.job.Phase;
import dev.pawl.api.job.Progress;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.ClaimRequest;
import dev.pawl.api.store.Confirmation;
import dev.pawl.api.store.JobStore;
import dev.pawl.api.store.RunMove;
import dev.pawl.api.store.RunWrite;
import dev.pawl.api.store.Written;
import dev.pawl.api.worker.Heartbeat;
import dev.pawl.api.worker.Worker;
import dev.pawl.api.worker.WorkerStatus;
import dev.pawl.api.worker.Workers;
import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.run.MonotonicClock;
import dev.pawl.scheduler.run.RetryDelay;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This process and the external programs that poll the queue. Heartbeats are kept in memory: they are worth nothing later. */
public final class WorkerRegistry implements Workers {

    /** Whose lease it is when a program polls without a name. */
    private static final String UNNAMED = "unnamed";

    private final JobStore store;
    private final InstantSource clock;
    private final QueueControls controls;
    private final JobLookup lookup;
    private final Supplier<Map<String, Integer>> limits;
    private final OwnWorker own;
    private final QueueEvents events;
    private final LeasedTime time;
    private final LeaseLimit limit;
    private final UnaryOperator<Job> opened;
    private final Map<String, Worker> seen = new ConcurrentHashMap<>();

    /** Is told what happens to the queue here. */
    public interface QueueEvents {
        /** A job may have become free to start, or this worker may start jobs again. */
        void queueChanged();

        /** Something of the job is on disk that was not before. */
        void written(UUID job);
    }

    /**
     * Knows no worker but this process yet.
     *
     * @param limits how many jobs of which module may run at once
     * @param opened a job with its secrets as a worker takes them
     */
    public WorkerRegistry(
            JobStore store,
            InstantSource clock,
            MonotonicClock monotonic,
            QueueControls controls,
            Supplier<Map<String, Integer>> limits,
            OwnWorker own,
            QueueEvents events,
            UnaryOperator<Job> opened) {
        this.opened = opened;
        this.store = store;
        this.clock = clock;
        this.controls = controls;
        this.lookup = new JobLookup(store);
        this.limits = limits;
        this.own = own;
        this.events = events;
        this.time = new LeasedTime(monotonic);
        this.limit = new LeaseLimit(store, clock, time, events);
    }

    @Override
    public List<Worker> workers() {
        Instant now = clock.instant();
        Instant oldest = now.minus(EXPIRY);
        seen.values().removeIf(worker -> worker.seenAt().isBefore(oldest));
        seen.replaceAll((id, worker) -> worker.seenAt().isAfter(now) ? seenAt(worker, now) : worker);
        return Stream.concat(Stream.of(own.worker(isDisabled(own.id()))), seen.values().stream())
                .map(worker -> withAttributes(worker))
                .sorted(Comparator.comparing(
                                (Worker worker) -> worker.heartbeat().hostname())
                        .thenComparing(Worker::id))
                .toList();
    }

    @Override
    public Optional<Worker> worker(String id) {
        return workers().stream().filter(worker -> worker.id().equals(id)).findFirst();
    }

    @Override
    public CompletionStage<Void> beat(String id, Heartbeat said) {
        requireForeign(id);
        Heartbeat heartbeat = withInfo(said, WorkerInfo.kept(said.info()));
        boolean runs = heartbeat.jobId() != null || heartbeat.task() != null;
        seen.put(id, new Worker(id, heartbeat, clock.instant(), isDisabled(id), runs ? List.of(heartbeat) : List.of()));
        UUID named = heartbeat.jobId();
        if (named != null) {
            return store.find(named)
                    .filter(job -> holds(id, job))
                    .map(job -> keep(job, heartbeat))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        }
        if (heartbeat.status() != WorkerStatus.IN_PROGRESS) { // it holds nothing any more, whatever it was handed
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(store.running().stream()
                .filter(job -> id.equals(job.state().worker()) && job.state().leasedUntil() != null)
                .map(job -> extended(job).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public CompletionStage<Void> disable(String id, boolean disabled) {
        return Confirmation.within(controls.disableWorker(id, disabled), "The worker's access")
                .thenRun(events::queueChanged);
    }

    @Override
    public boolean isDisabled(String id) {
        return controls.isDisabled(id);
    }

    @Override
    public boolean remove(String id) {
        requireForeign(id);
        return seen.remove(id) != null;
    }

    @Override
    public CompletionStage<Optional<Job>> poll(@Nullable String worker, @Nullable Set<String> modules) {
        String name = worker == null ? UNNAMED : worker;
        if (controls.isQueueDisabled() || isDisabled(name)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Instant now = clock.instant();
        ClaimRequest request = new ClaimRequest(name, 1, 0, modules, limits.get(), now, now.plus(EXPIRY));
        return Confirmation.within(store.claim(request), "The claim of a job").thenApply(claimed -> {
            claimed.forEach(time::of);
            return claimed.stream().findFirst().map(opened);
        });
    }

    @Override
    public CompletionStage<Void> completed(String id, @Nullable Long epoch, boolean failed, Object said) {
        Object info = WorkerInfo.kept(said);
        Job job = lookup.job(id);
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
        Progress progress = new Progress(failed ? job.state().progress().percent() : 100, info);
        RunWrite end = RunWrite.ofRuntime(
                        job, List.of(), progress, failed ? failure(job, info) : new RunMove.Completed(clock.instant()))
                .withElapsed(time.of(job));
        return Confirmation.within(store.write(end), "The end of job " + job.id())
                .handle((written, problem) -> {
                    Throwable cause = problem instanceof CompletionException && problem.getCause() != null
                            ? problem.getCause()
                            : problem;
                    if (cause instanceof StaleRunException) { // since it was looked up
                        throw takenOver(job, job.state().epoch());
                    }
                    if (problem != null) {
                        throw new CompletionException(cause);
                    }
                    events.written(job.id());
                    events.queueChanged();
                    return null;
                });
    }

    private static ProblemException takenOver(Job job, long epoch) {
        return new ProblemException(
                ProblemCode.RUN_TAKEN_OVER,
                "Run " + epoch + " of job " + job.id() + " is over or was taken over; its end is not taken.");
    }

    /**
     * Gives back to the queue what workers held that were not heard of, and stops what they have had for longer than it may run.
     * Called every few seconds.
     */
    public void expireLeases() {
        List<Job> leased = store.running().stream()
                .filter(job -> job.state().leasedUntil() != null)
                .toList();
        time.retain(leased.stream().map(Job::id).collect(Collectors.toSet()));
        if (!leased.isEmpty()) {
            Instant now = clock.instant();
            leased.forEach(limit::check);
            leased.forEach(job -> shortenLease(job, now));
            var unused = store.expireLeases(now).thenAccept(expired -> {
                if (!expired.isEmpty()) {
                    events.queueChanged();
                }
            });
        }
    }

    /** No lease reaches further than this, unless the clock was set back since. */
    private void shortenLease(Job job, Instant now) {
        Instant until = job.state().leasedUntil();
        Instant latest = now.plus(EXPIRY);
        if (until != null && until.isAfter(latest)) {
            var unused = store.extendLease(job.id(), latest);
        }
    }

    private RunMove failure(Job job, Object info) {
        String message = WorkerInfo.message(info);
        Failure failure = new Failure(
                Phase.RUN, job.state().taskIndex(), job.currentTask().module(), message, null);
        if (job.state().attempt() >= job.request().retry().maxAttempts()) {
            return new RunMove.Failed(failure, clock.instant());
        }
        Instant due = clock.instant()
                .plus(RetryDelay.after(job.state().attempt(), job.request().retry(), ThreadLocalRandom.current()));
        return new RunMove.Parked(ParkReason.RETRY, due, failure, clock.instant());
    }

    private static Heartbeat withInfo(Heartbeat beat, Object info) {
        return new Heartbeat(
                beat.status(),
                beat.onlineAt(),
                beat.hostname(),
                beat.version(),
                beat.task(),
                beat.jobId(),
                beat.jobTitle(),
                beat.progress(),
                info);
    }

    /** As of now: the clock was set back since, and would keep a worker that is gone for as long. */
    private static Worker seenAt(Worker worker, Instant now) {
        return new Worker(worker.id(), worker.heartbeat(), now, worker.disabled(), worker.running());
    }

    private static boolean holds(String worker, Job job) {
        return job.state().leasedUntil() != null
                && (worker.equals(job.state().worker())
                        || UNNAMED.equals(job.state().worker()));
    }

    private CompletionStage<Void> keep(Job job, Heartbeat heartbeat) {
        Double percent = heartbeat.progress();
        Progress before = job.state().progress();
        Progress now = new Progress(percent == null ? before.percent() : percent, heartbeat.info());
        if (now.equals(before)) {
            return extended(job);
        }
        CompletionStage<Written> said =
                store.write(RunWrite.ofRuntime(job, List.of(), now, null)).exceptionally(WorkerRegistry::unlessStale);
        return extended(job).thenCombine(said, (kept, written) -> null);
    }

    /** A job that has gone on without its worker meanwhile does not make its heartbeat a wrong one. */
    private static @Nullable Written unlessStale(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof StaleRunException) {
            return null;
        }
        throw failure instanceof CompletionException known ? known : new CompletionException(failure);
    }

    private void requireForeign(String id) {
        if (id.equals(own.id())) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "The id " + id + " is this server's own; a worker has one of its own.");
        }
    }

    private CompletionStage<Void> extended(Job job) {
        return Confirmation.within(
                        store.extendLease(job.id(), clock.instant().plus(EXPIRY)), "The lease of job " + job.id())
                .thenApply(extended -> null);
    }

    private Worker withAttributes(Worker worker) {
        return new Worker(worker.id(), worker.heartbeat(), worker.seenAt(), isDisabled(worker.id()), worker.running());
    }
}

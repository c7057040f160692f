package dev.pawl.scheduler.worker;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Progress;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.Written;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import dev.pawl.service.worker.Workers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This process and the external programs that poll the queue. Heartbeats are kept in memory: they are worth nothing later. */
public final class WorkerRegistry implements Workers {

    /** Whose lease it is when a program polls without a name. */
    static final String UNNAMED = "unnamed";

    /** A process that looks every few seconds and did not for so long stood still. */
    private static final Duration SLEPT = OwnWorker.PERIOD.multipliedBy(2);

    private final JobStore store;
    private final InstantSource clock;
    private final QueueControls controls;
    private final ClaimPolicy policy;
    private final OwnWorker own;
    private final LeaseEvents events;
    private final LeasedTime time;
    private final LeaseLimit limit;
    private final SecretNames secrets;
    private final MonotonicClock monotonic;
    private final Supplier<Set<String>> here;
    private final Duration expiry;
    private final HeardWorkers heard;
    private final LeaseTimes leases;
    private final LeaseLog log;
    private final LeaseEnd end;
    private volatile long lookedNs;

    /**
     * Knows no worker but this process yet.
     *
     * @param policy who may claim which jobs
     * @param here the ids of the modules that are installed here
     * @param expiry how long a worker may be silent
     * @param secrets which a worker takes open, and which are hidden in what it says
     */
    public WorkerRegistry(
            JobStore store,
            InstantSource clock,
            MonotonicClock monotonic,
            QueueControls controls,
            ClaimPolicy policy,
            Supplier<Set<String>> here,
            Duration expiry,
            OwnWorker own,
            LeaseEvents events,
            SecretNames secrets) {
        this.secrets = secrets;
        this.store = store;
        this.clock = clock;
        this.controls = controls;
        this.policy = policy;
        this.own = own;
        this.events = events;
        this.monotonic = monotonic;
        this.here = here;
        this.expiry = expiry;
        this.heard = new HeardWorkers(monotonic, expiry);
        this.leases = new LeaseTimes(monotonic, expiry);
        this.log = new LeaseLog(store, clock, events, secrets);
        this.lookedNs = monotonic.nanos();
        this.time = new LeasedTime(monotonic);
        this.limit = new LeaseLimit(store, clock, time, events);
        this.end = new LeaseEnd(store, clock, expiry, time, log, heard, secrets, events);
    }

    @Override
    public List<Worker> workers() {
        List<Worker> external = heard.all();
        Map<UUID, Job> running =
                external.stream().allMatch(worker -> worker.heartbeat().jobId() == null)
                        ? Map.of()
                        : store.running().stream().collect(Collectors.toMap(Job::id, job -> job, (one, same) -> one));
        return Stream.concat(
                        Stream.of(own.worker(false)), external.stream().map(worker -> withoutLostJob(worker, running)))
                .map(this::withAttributes)
                .sorted(Comparator.comparing(
                                (Worker worker) -> worker.heartbeat().hostname())
                        .thenComparing(Worker::id))
                .toList();
    }

    /** The job that a worker named last may have ended or gone to another one since. */
    private static Worker withoutLostJob(Worker worker, Map<UUID, Job> running) {
        UUID named = worker.heartbeat().jobId();
        if (named == null) {
            return worker;
        }
        Job job = running.get(named);
        return job != null && holds(worker.id(), job)
                ? worker
                : new Worker(
                        worker.id(),
                        Heartbeats.withoutJob(worker.heartbeat()),
                        worker.seenAt(),
                        worker.disabled(),
                        List.of());
    }

    @Override
    public Optional<Worker> worker(String id) {
        return workers().stream().filter(worker -> worker.id().equals(id)).findFirst();
    }

    @Override
    public CompletionStage<JobHold> beat(String id, Heartbeat said) {
        requireForeign(id);
        requireShort(id);
        Heartbeat heartbeat = Heartbeats.withInfo(said, WorkerInfo.kept(said.info()));
        UUID named = heartbeat.jobId();
        if (named != null) {
            Optional<Job> job = store.find(named);
            boolean may = job.isPresent() && (holds(id, job.get()) || mayHaveBack(id, job.get()));
            hear(id, heartbeat, may);
            return may ? keep(id, job.get(), heartbeat) : CompletableFuture.completedFuture(without(job));
        }
        List<Job> held =
                heartbeat.status() == WorkerStatus.IN_PROGRESS // otherwise it holds nothing, whatever it was handed
                        ? store.running().stream()
                                .filter(job -> id.equals(job.state().worker())
                                        && job.state().leasedUntil() != null)
                                .toList()
                        : List.of();
        hear(id, heartbeat, !held.isEmpty());
        return CompletableFuture.allOf(held.stream()
                        .map(job -> extended(id, job).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> JobHold.NONE);
    }

    private void hear(String id, Heartbeat heartbeat, boolean holdsJob) {
        boolean runs = heartbeat.jobId() != null || heartbeat.task() != null;
        heard.hear(
                new Worker(id, heartbeat, clock.instant(), isDisabled(id), runs ? List.of(heartbeat) : List.of()),
                holdsJob);
    }

    private static JobHold without(Optional<Job> job) {
        return job.map(known -> known.state().status().isFinal() ? JobHold.ENDED : JobHold.LOST)
                .orElse(JobHold.UNKNOWN);
    }

    @Override
    public CompletionStage<Void> disable(String id, boolean disabled) {
        requireShort(id);
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
        return heard.forget(id);
    }

    @Override
    public CompletionStage<Optional<Job>> poll(@Nullable String worker, @Nullable Set<String> modules) {
        String name = worker == null ? UNNAMED : worker;
        requireShort(name);
        if (!policy.admits(name)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Instant now = clock.instant();
        Set<String> installed = worker == null && modules == null ? here.get() : null;
        ClaimRequest request = new ClaimRequest(name, 1, 0, modules, installed, policy.limits(), now, now.plus(expiry));
        return Confirmation.within(store.claim(request), "The claim of a job").thenApply(claimed -> {
            claimed.forEach(job -> {
                time.of(job);
                leases.renew(job);
                log.taken(job, worker);
            });
            return claimed.stream().findFirst().map(secrets::opened);
        });
    }

    @Override
    public CompletionStage<Void> completed(String id, @Nullable Long epoch, boolean failed, Object info) {
        return end.completed(id, epoch, failed, info);
    }

    /**
     * Gives back to the queue what workers held that were not heard of, and stops what they have had for longer than it may run.
     * Called every few seconds.
     */
    public void expireLeases() {
        long now = monotonic.nanos();
        if (now - lookedNs > SLEPT.toNanos()) { // this process stood still, and heard nobody
            leases.excuse();
            heard.excuse();
        }
        lookedNs = now;
        heard.expire();
        List<Job> leased = store.running().stream()
                .filter(job -> job.state().leasedUntil() != null)
                .toList();
        Set<UUID> ids = leased.stream().map(Job::id).collect(Collectors.toSet());
        time.retain(ids);
        leases.retain(ids);
        log.retain(ids);
        if (!leased.isEmpty()) {
            Instant present = clock.instant();
            leased.forEach(limit::check);
            leased.forEach(job -> setLease(job, present));
            var unused = store.expireLeases(present).thenAccept(expired -> {
                if (!expired.isEmpty()) {
                    events.queueChanged();
                }
            });
        }
    }

    /** Has the row's lease end when it does by the time that has elapsed, however the clock was set since. */
    private void setLease(Job job, Instant now) {
        Instant until = Objects.requireNonNull(job.state().leasedUntil());
        boolean over = leases.isOver(job);
        if (over && until.isAfter(now)) {
            var unused = store.moveLease(job.id(), job.state().epoch(), until, now);
        } else if (!over && (!until.isAfter(now) || until.isAfter(now.plus(expiry)))) {
            var unused = store.moveLease(job.id(), job.state().epoch(), until, now.plus(expiry));
        }
    }

    private static boolean holds(String worker, Job job) {
        return job.state().leasedUntil() != null
                && (worker.equals(job.state().worker())
                        || UNNAMED.equals(job.state().worker()));
    }

    /** Whether the job waits because this worker was not heard of. */
    private static boolean mayHaveBack(String worker, Job job) {
        return job.state().status() == JobStatus.PENDING
                && job.state().parked() == ParkReason.INTERRUPTED
                && (worker.equals(job.state().worker())
                        || UNNAMED.equals(job.state().worker()));
    }

    private CompletionStage<JobHold> keep(String id, Job job, Heartbeat heartbeat) {
        CompletionStage<Boolean> kept = extended(id, job);
        Double percent = heartbeat.progress();
        Progress before = job.state().progress();
        Progress now = new Progress(percent == null ? before.percent() : percent, heartbeat.info());
        List<RunWrite.Line> lines = log.task(job, heartbeat);
        if (now.equals(before) && lines.isEmpty()) {
            return kept.thenApply(WorkerRegistry::hold);
        }
        RunWrite write = RunWrite.ofRuntime(job).withLines(lines).withTask(RunWrite.TaskChange.NONE.withProgress(now));
        CompletionStage<Written> said = store.write(write).exceptionally(WorkerRegistry::unlessStale);
        return kept.thenCombine(said, (holds, written) -> {
            events.leaseWritten(job.id());
            return hold(holds);
        });
    }

    private static JobHold hold(boolean holds) {
        return holds ? JobHold.HELD : JobHold.LOST;
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

    /** A worker is known by its whole id: two that are cut might be one. */
    private static void requireShort(String id) {
        if (!TextLimit.ID.fits(id)) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The worker's id has " + id.length() + " characters; it takes 1 to " + TextLimit.ID.characters()
                            + ", not all of them blank.");
        }
    }

    private CompletionStage<Boolean> extended(String id, Job job) {
        leases.renew(job);
        String holder = Objects.requireNonNull(job.state().worker());
        return store.keepLease(
                job.id(), job.state().epoch(), holder, id, clock.instant().plus(expiry));
    }

    private Worker withAttributes(Worker worker) {
        return new Worker(worker.id(), worker.heartbeat(), worker.seenAt(), isDisabled(worker.id()), worker.running());
    }
}

package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.SharedWorkers;
import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workers that share the queue: this process, and the external programs that poll it. */
public final class WorkerRegistry implements Workers {

    private final JobStore store;
    private final InstantSource clock;
    private final QueueControls controls;
    private final ClaimPolicy policy;
    private final OwnWorker own;
    private final LeaseEvents events;
    private final EventPublisher published;
    private final SecretNames secrets;
    private final Supplier<List<StoreServer>> servers;
    private final Supplier<Set<String>> here;
    private final Duration expiry;
    private final HeardWorkers heard;
    private final KnownLeases leases;
    private final LeaseRenewal renewal;
    private final LeaseEnd end;
    private final LeaseExpiry leaseExpiry;
    private final @Nullable WorkersElsewhere elsewhere;

    /**
     * Knows no worker but this process yet.
     *
     * @param policy the jobs that each worker may claim
     * @param here ids of the modules that are installed here
     * @param expiry time for which a worker may be silent
     * @param secrets opens them for a worker, and hides them in its reports
     * @param servers those that share the store; none where it belongs to this one
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
            EventPublisher published,
            SecretNames secrets,
            Supplier<List<StoreServer>> servers) {
        this.secrets = secrets;
        this.servers = servers;
        this.store = store;
        this.clock = clock;
        this.controls = controls;
        this.policy = policy;
        this.own = own;
        this.events = events;
        this.published = published;
        this.here = here;
        this.expiry = expiry;
        this.heard = new HeardWorkers(monotonic, expiry, new Appearances());
        this.leases = new KnownLeases(
                new LeasedTime(monotonic),
                new LeaseTimes(monotonic, expiry),
                new LeaseLog(store, clock, events, secrets));
        this.renewal = new LeaseRenewal(store, expiry, leases, events);
        this.end = new LeaseEnd(store, clock, expiry, leases, heard, secrets, events);
        this.leaseExpiry = new LeaseExpiry(store, clock, monotonic, expiry, heard, leases, events);
        SharedWorkers shared = store.sharedWorkers().orElse(null);
        this.elsewhere =
                shared == null ? null : new WorkersElsewhere(shared, monotonic, clock, expiry, own, heard, servers);
    }

    @Override
    public List<Worker> workers() {
        List<WorkerMessage.Told> told = elsewhere == null ? List.of() : elsewhere.all();
        Map<String, Worker> heardLast = heard.all().stream().collect(Collectors.toMap(Worker::id, worker -> worker));
        Map<String, Worker> signs = new HashMap<>(); // of servers
        for (WorkerMessage.Told one : told) {
            String server = one.server();
            if (server != null) {
                signs.put(server, one.worker());
            } else {
                heardLast.merge(
                        one.worker().id(),
                        one.worker(),
                        (here, there) -> there.seenAt().isAfter(here.seenAt()) ? there : here);
            }
        }
        Collection<Worker> external = heardLast.values();
        Map<UUID, Job> running =
                external.stream().allMatch(worker -> worker.heartbeat().jobId() == null)
                        ? Map.of()
                        : store.running().stream().collect(Collectors.toMap(Job::id, job -> job, (one, same) -> one));
        Stream<Worker> sharing = SharingServers.with(own.worker(false), servers.get(), signs, clock.instant());
        return Stream.concat(sharing, external.stream().map(worker -> withoutLostJob(worker, running)))
                .map(this::withAttributes)
                .sorted(Comparator.comparing(
                                (Worker worker) -> worker.heartbeat().hostname())
                        .thenComparing(Worker::id))
                .toList();
    }

    /** The worker, without the job that it named last when that has ended or gone to another one since. */
    private static Worker withoutLostJob(Worker worker, Map<UUID, Job> running) {
        UUID named = worker.heartbeat().jobId();
        if (named == null) {
            return worker;
        }
        Job job = running.get(named);
        return job != null && LeaseHolder.holds(worker.id(), job)
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
    public CompletionStage<JobHold> beat(String id, Heartbeat sent) {
        requireForeign(id);
        requireShort(id);
        Heartbeat heartbeat = Heartbeats.withInfo(sent, WorkerInfo.kept(sent.info()));
        UUID named = heartbeat.jobId();
        if (named != null) {
            Optional<Job> job = store.find(named);
            boolean may =
                    job.isPresent() && (LeaseHolder.holds(id, job.get()) || LeaseHolder.mayHaveBack(id, job.get()));
            hear(id, heartbeat, may);
            return may ? renewal.renew(id, job.get(), heartbeat) : CompletableFuture.completedFuture(without(job));
        }
        List<Job> held = renewal.held(id, heartbeat);
        hear(id, heartbeat, !held.isEmpty());
        return renewal.renew(id, held);
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
                .thenRun(() -> {
                    events.queueChanged();
                    WorkerEvent.Change change = disabled ? WorkerEvent.Change.DISABLED : WorkerEvent.Change.ENABLED;
                    published.publish(() -> event(change, id));
                });
    }

    private final class Appearances implements HeardWorkers.Listener {
        @Override
        public void changed(WorkerEvent.Change change, Worker worker) {
            Heartbeat beat = worker.heartbeat();
            published.publish(() -> event(change, worker.id(), beat.hostname(), beat.version()));
        }
    }

    /** The event of a worker that may not be known: it is enabled and disabled by its name alone. */
    private WorkerEvent event(WorkerEvent.Change change, String id) {
        return Stream.concat(Stream.of(own.worker(false)), heard.all().stream())
                .filter(worker -> worker.id().equals(id))
                .map(Worker::heartbeat)
                .findFirst()
                .map(known -> event(change, id, known.hostname(), known.version()))
                .orElseGet(() -> event(change, id, "", ""));
    }

    private WorkerEvent event(WorkerEvent.Change change, String id, String hostname, String version) {
        return new WorkerEvent(clock.instant(), change, id, hostname, version, isDisabled(id));
    }

    @Override
    public boolean isDisabled(String id) {
        return controls.isDisabled(id);
    }

    @Override
    public boolean remove(String id) {
        requireForeign(id);
        boolean isHere = heard.forget(id);
        boolean isThere = elsewhere != null && elsewhere.forget(id);
        return isHere || isThere;
    }

    @Override
    public CompletionStage<Optional<Job>> poll(@Nullable String worker, @Nullable Set<String> modules) {
        String name = worker == null ? LeaseHolder.UNNAMED : worker;
        requireShort(name);
        if (!policy.admits(name)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Instant now = clock.instant();
        Set<String> installed = worker == null && modules == null ? here.get() : null;
        ClaimRequest request = new ClaimRequest(name, 1, 0, modules, installed, policy.limits(), now, now.plus(expiry));
        return Confirmation.within(store.claim(request), "The claim of a job").thenApply(claimed -> {
            claimed.forEach(job -> {
                leases.taken(job, worker);
                events.leased(job);
            });
            return claimed.stream().findFirst().map(secrets::opened);
        });
    }

    @Override
    public CompletionStage<Void> completed(String id, @Nullable Long epoch, boolean failed, Object info) {
        return end.completed(id, epoch, failed, info);
    }

    /**
     * Gives the jobs of silent workers back to the queue, stops those that have run for as long as they may, and tells other servers of the
     * workers here. Called every few seconds.
     */
    public void expireLeases() {
        if (elsewhere != null) {
            elsewhere.exchange();
        }
        leaseExpiry.check();
    }

    /** The number of jobs that external workers hold, as of the last look. */
    public int leases() {
        return leaseExpiry.present();
    }

    /** The number of external workers that sent a heartbeat lately. */
    public int externalWorkers() {
        return heard.all().size();
    }

    private void requireForeign(String id) {
        if (id.equals(own.id())) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "The id " + id + " is this server's own; a worker has one of its own.");
        }
    }

    /** Refuses an id that would have to be cut: two workers might become one. */
    private static void requireShort(String id) {
        if (!TextLimit.ID.fits(id)) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The worker's id has " + id.length() + " characters; it takes 1 to " + TextLimit.ID.characters()
                            + ", not all of them blank.");
        }
    }

    private Worker withAttributes(Worker worker) {
        return new Worker(
                worker.id(),
                worker.heartbeat(),
                worker.seenAt(),
                isDisabled(worker.id()),
                worker.running(),
                worker.server());
    }
}

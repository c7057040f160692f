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
import dev.pawl.service.worker.DrainState;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
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
    private final Supplier<Set<String>> here;
    private final Duration expiry;
    private final HeardWorkers heard;
    private final KnownLeases leases;
    private final LeaseRenewal renewal;
    private final LeaseEnd end;
    private final LeaseExpiry leaseExpiry;
    private final DrainedServers drains;
    private final WorkerList list;
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
            Supplier<List<StoreServer>> servers,
            DrainedServers drains) {
        this.drains = drains;
        this.secrets = secrets;
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
        if (elsewhere != null) {
            elsewhere.observe(event -> published.publish(() -> event));
        }
        this.list = new WorkerList(store, clock, controls, own, heard, elsewhere, servers, drains);
    }

    @Override
    public List<Worker> workers() {
        return list.workers();
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
        boolean isKnown = elsewhere != null && !heard.knows(id) && elsewhere.knows(id);
        heard.hear(
                new Worker(id, heartbeat, clock.instant(), isDisabled(id), runs ? List.of(heartbeat) : List.of()),
                holdsJob,
                isKnown);
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
                    tell(() -> event(change, id));
                });
    }

    @Override
    public CompletionStage<Void> drain(String id, Duration drainTime) {
        return drains.drain(id, worker(id), drainTime);
    }

    @Override
    public CompletionStage<Void> undrain(String id) {
        return drains.undrain(id, worker(id));
    }

    @Override
    public boolean isDrained(String id) {
        return controls.drain(id).isPresent();
    }

    @Override
    public Optional<DrainState> drainHere() {
        return drains.ofThis();
    }

    /** Tells of a step in the drain of this server. */
    public void ownChanged(WorkerEvent.Change change) {
        if (elsewhere != null) {
            elsewhere.tellOfOwn();
        }
        tell(() -> event(change, own.id()));
    }

    private final class Appearances implements HeardWorkers.Listener {
        @Override
        public void changed(WorkerEvent.Change change, Worker worker) {
            Heartbeat beat = worker.heartbeat();
            tell(() -> event(change, worker.id(), beat.hostname(), beat.version()));
        }
    }

    /** Tells those who follow events here, and the other servers. */
    private void tell(Supplier<WorkerEvent> event) {
        published.publish(event);
        if (elsewhere != null) {
            elsewhere.tell(event.get());
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
}

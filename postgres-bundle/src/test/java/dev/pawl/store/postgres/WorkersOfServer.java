package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;

import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.secret.KeptSecrets;
import dev.pawl.scheduler.secret.KeyFile;
import dev.pawl.scheduler.secret.ReferenceBounds;
import dev.pawl.scheduler.secret.SecretReference;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.scheduler.worker.DrainedServers;
import dev.pawl.scheduler.worker.LeaseEvents;
import dev.pawl.scheduler.worker.OwnWorker;
import dev.pawl.scheduler.worker.WorkerRegistry;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The workers of a server without modules, with a clock of its own. */
final class WorkersOfServer {

    final WorkerRegistry registry;
    final List<WorkerEvent.Change> told = new CopyOnWriteArrayList<>();
    private final OwnWorker own;

    WorkersOfServer(String id, PostgresStore store, InstantSource clock, Duration expiry) {
        QueueControls controls = new QueueControls(new PostgresDocuments(store));
        Vault vault = new Vault(KeyFile.inMemory());
        KeptSecrets kept = new KeptSecrets(name -> Optional.empty(), vault);
        TaskSecrets secrets = new TaskSecrets(vault, new SecretReference(name -> null, ReferenceBounds.NOTHING, kept));
        EventPublisher published = new EventPublisher();
        published.bind(new Followed());
        own = new OwnWorker(id, "host of " + id, "1", clock, List::of);
        registry = new WorkerRegistry(
                store,
                clock,
                MonotonicClock.ofThisMachine(),
                controls,
                new ClaimPolicy(new NoModules(), new NoSettings(), controls),
                Set::of,
                expiry,
                own,
                new NoEvents(),
                published,
                new SecretNames(new PostgresDocuments(store), secrets),
                new PostgresServers(store)::servers,
                new DrainedServers(controls, own, clock, () -> {}));
    }

    /** The work of the server every few seconds. */
    void look() {
        own.beat();
        registry.expireLeases();
    }

    Optional<Job> poll(String worker) {
        return await(registry.poll(worker, null));
    }

    JobHold beat(String worker, @Nullable UUID job) {
        return await(registry.beat(
                worker,
                new Heartbeat(
                        WorkerStatus.IN_PROGRESS, null, "box", "1", "far", job, "far", 10.0, Map.of("file", "a"))));
    }

    private final class Followed implements EventSink {
        @Override
        public void add(Event event) {
            if (event instanceof WorkerEvent worker) {
                told.add(worker.change());
            }
        }

        @Override
        public void lost(String why) {}
    }

    private static final class NoModules implements ReadyModules {
        @Override
        public Optional<ModuleVersion> current(String id) {
            return Optional.empty();
        }

        @Override
        public Set<String> ids() {
            return Set.of();
        }

        @Override
        public Optional<String> refusal(long bundle, String id) {
            return Optional.empty();
        }

        @Override
        public void retire(long bundle) {}

        @Override
        public void reinstate(long bundle) {}
    }

    private static final class NoSettings implements ModuleSettings {
        @Override
        public Map<String, Object> configured(String module) {
            return Map.of();
        }

        @Override
        public void replace(String module, Map<String, Object> settings, List<String> secretNames) {}
    }

    private static final class NoEvents implements LeaseEvents {
        @Override
        public void queueChanged() {}

        @Override
        public void leaseWritten(UUID job) {}

        @Override
        public void leased(Job job) {}

        @Override
        public void leaseEnded(Job job, RunMove move, Duration held) {}

        @Override
        public void leasesLost(int number) {}
    }
}

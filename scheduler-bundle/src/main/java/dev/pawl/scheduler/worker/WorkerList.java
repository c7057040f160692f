package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.Worker;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list of workers: those that are heard here, those of which other servers tell, and the servers. Safe for many threads. */
final class WorkerList {

    private final JobStore store;
    private final InstantSource clock;
    private final QueueControls controls;
    private final OwnWorker own;
    private final HeardWorkers heard;
    private final @Nullable WorkersElsewhere elsewhere;
    private final Supplier<List<StoreServer>> servers;
    private final DrainedServers drains;

    WorkerList(
            JobStore store,
            InstantSource clock,
            QueueControls controls,
            OwnWorker own,
            HeardWorkers heard,
            @Nullable WorkersElsewhere elsewhere,
            Supplier<List<StoreServer>> servers,
            DrainedServers drains) {
        this.store = store;
        this.clock = clock;
        this.controls = controls;
        this.own = own;
        this.heard = heard;
        this.elsewhere = elsewhere;
        this.servers = servers;
        this.drains = drains;
    }

    /** The workers, in the order of their hosts. */
    List<Worker> workers() {
        List<WorkerMessage.Told> told = elsewhere == null ? List.of() : elsewhere.all();
        Map<String, Worker> heardLast = heard.all().stream().collect(Collectors.toMap(Worker::id, worker -> worker));
        Map<String, Worker> signs = new HashMap<>(); // of servers
        Map<String, String> drained = new HashMap<>();
        for (WorkerMessage.Told one : told) {
            String server = one.server();
            if (server != null) {
                signs.put(server, one.worker());
                if (one.drained() != null) {
                    drained.put(one.worker().id(), one.drained());
                }
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
                .map(worker -> withAttributes(worker, drained))
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

    private Worker withAttributes(Worker worker, Map<String, String> drained) {
        return new Worker(
                worker.id(),
                worker.heartbeat(),
                worker.seenAt(),
                controls.isDisabled(worker.id()),
                worker.running(),
                worker.server(),
                drains.of(worker, drained));
    }
}

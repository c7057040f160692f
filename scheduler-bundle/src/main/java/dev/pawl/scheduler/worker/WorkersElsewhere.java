package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.SharedWorkers;
import dev.pawl.service.store.SharedWorkers.Sign;
import dev.pawl.service.store.StoreServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers that other servers on the same store hear, and those servers: each server tells every few seconds whom it has heard since. Ages
 * of signs go by the clock of the store, lengths of time by that of this process. Safe for many threads.
 */
final class WorkersElsewhere {

    /** The most workers that are shown of all servers. */
    private static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(WorkersElsewhere.class);

    private final SharedWorkers store;
    private final MonotonicClock monotonic;
    private final InstantSource clock;
    private final Duration expiry;
    private final OwnWorker own;
    private final HeardWorkers heard;
    private final Supplier<List<StoreServer>> servers;
    private long toldNs; // used by one look at a time
    private volatile @Nullable String ownKey; // among the servers

    WorkersElsewhere(
            SharedWorkers store,
            MonotonicClock monotonic,
            InstantSource clock,
            Duration expiry,
            OwnWorker own,
            HeardWorkers heard,
            Supplier<List<StoreServer>> servers) {
        this.servers = servers;
        this.store = store;
        this.monotonic = monotonic;
        this.clock = clock;
        this.expiry = expiry;
        this.own = own;
        this.heard = heard;
        this.toldNs = monotonic.nanos();
    }

    /** Tells of this server and the workers that it has heard since it told last, and lets go of those that others have heard since. */
    void exchange() {
        if (heard.isAnySilent()) {
            Map<String, Duration> ages =
                    store.signs(expiry, MOST).stream().collect(Collectors.toMap(Sign::id, Sign::age));
            heard.heardElsewhere(ages);
        }
        long now = monotonic.nanos();
        List<Sign> signs = new ArrayList<>();
        String key = ownKey == null ? key() : ownKey;
        ownKey = key;
        if (key != null) {
            signs.add(ownSign(key));
        }
        heard.since(toldNs)
                .forEach((worker, atNs) -> signs.add(new Sign(
                        worker.id(),
                        WorkerMessage.text(worker, null, null),
                        Duration.ofNanos(Math.max(0, now - atNs)))));
        toldNs = now;
        keep(signs);
    }

    /** Tells of this server at once. */
    void tellOfOwn() {
        String key = ownKey;
        if (key != null) {
            keep(List.of(ownSign(key)));
        }
    }

    private Sign ownSign(String key) {
        return new Sign(own.id(), WorkerMessage.text(own.worker(false), key, own.drained()), Duration.ZERO);
    }

    private void keep(List<Sign> signs) {
        store.keep(signs, expiry).whenComplete((kept, failure) -> {
            if (failure != null) {
                LOG.debug("The signs of workers are not kept; the next ones will be", failure);
            }
        });
    }

    private @Nullable String key() {
        return servers.get().stream()
                .filter(StoreServer::isThis)
                .findFirst()
                .map(SharingServers::key)
                .orElse(null);
    }

    /** The workers of which there are signs, but for this server; some of them may be heard here too. */
    List<WorkerMessage.Told> all() {
        Instant now = clock.instant();
        return store.signs(expiry, MOST).stream()
                .filter(sign -> !sign.id().equals(own.id()))
                .map(sign -> WorkerMessage.read(sign.id(), sign.message(), now.minus(sign.age())))
                .toList();
    }

    /** Whether another server has told of a worker lately; false also when that cannot be known now. */
    boolean knows(String id) {
        try {
            return store.signs(expiry, MOST).stream().anyMatch(sign -> sign.id().equals(id));
        } catch (RuntimeException e) { // a heartbeat is taken whatever the store does
            LOG.debug("Whether other servers know the worker {} is not known", id, e);
            return false;
        }
    }

    /** Tells the other servers of a change of a worker. */
    void tell(WorkerEvent event) {
        store.tell(WorkerEventMessage.text(event)).whenComplete((told, failure) -> {
            if (failure != null) {
                LOG.debug("Other servers are not told that the worker {} is {}", event.id(), event.change(), failure);
            }
        });
    }

    /** Names who learns what other servers tell of changes of workers. */
    void observe(Consumer<WorkerEvent> told) {
        store.observe(
                message -> WorkerEventMessage.read(message, clock.instant()).ifPresent(told));
    }

    boolean forget(String id) {
        return Confirmation.await(store.forget(id), "The removal of the worker");
    }
}

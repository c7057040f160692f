package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The external workers that sent a heartbeat lately, in memory, since heartbeats lose their value soon. At most {@link #MOST} of those
 * that hold no job are known at once; the known ones stay, since a flood of new names must not push them out.
 */
final class HeardWorkers {

    static final int MOST = 1_000;

    private final MonotonicClock monotonic;
    private final Duration expiry;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    private record Heard(Worker worker, long atNs) {}

    HeardWorkers(MonotonicClock monotonic, Duration expiry) {
        this.monotonic = monotonic;
        this.expiry = expiry;
    }

    /** Keeps the heartbeat of a worker; a new worker beyond the limit is passed over. */
    synchronized void hear(Worker worker, boolean holdsJob) {
        if (holdsJob || heard.size() < MOST || heard.containsKey(worker.id())) {
            heard.put(worker.id(), new Heard(worker, monotonic.nanos()));
        }
    }

    /** Whether the worker sent a heartbeat lately. */
    boolean knows(String id) {
        return heard.containsKey(id);
    }

    /** All known workers, in no order. */
    List<Worker> all() {
        return heard.values().stream().map(Heard::worker).toList();
    }

    /** Forgets the workers that were silent for too long. */
    void expire() {
        long now = monotonic.nanos();
        heard.values().removeIf(known -> now - known.atNs() > expiry.toNanos());
    }

    /** Counts the silence of all workers from now: none could be heard before. */
    void restartAll() {
        long now = monotonic.nanos();
        heard.replaceAll((id, known) -> new Heard(known.worker(), now));
    }

    /** Forgets a worker; tells whether it was known. */
    boolean forget(String id) {
        return heard.remove(id) != null;
    }
}

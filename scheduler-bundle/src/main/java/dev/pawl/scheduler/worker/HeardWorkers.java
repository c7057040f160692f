package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The external workers that were heard of lately, in memory: their heartbeats are worth nothing later. At most {@link #MOST} of those
 * that hold no job are known at once; the ones that are known stay, since a flood of new names must not push them out.
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

    /** Takes up a worker or what it says now; one too many is passed over. */
    synchronized void hear(Worker worker, boolean holdsJob) {
        if (holdsJob || heard.size() < MOST || heard.containsKey(worker.id())) {
            heard.put(worker.id(), new Heard(worker, monotonic.nanos()));
        }
    }

    /** Whether it was heard of lately. */
    boolean knows(String id) {
        return heard.containsKey(id);
    }

    /** All of them, in no order. */
    List<Worker> all() {
        return heard.values().stream().map(Heard::worker).toList();
    }

    /** Forgets those that were silent for too long. */
    void expire() {
        long now = monotonic.nanos();
        heard.values().removeIf(known -> now - known.atNs() > expiry.toNanos());
    }

    /** Takes all of them as heard of just now: nobody could be heard. */
    void excuse() {
        long now = monotonic.nanos();
        heard.replaceAll((id, known) -> new Heard(known.worker(), now));
    }

    /** Says whether it was known. */
    boolean forget(String id) {
        return heard.remove(id) != null;
    }
}

package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.event.WorkerEvent;
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
    private final Listener told;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    private record Heard(Worker worker, long atNs) {}

    /** Learns which workers come and go, once they do. */
    interface Listener {
        void changed(WorkerEvent.Change change, Worker worker);
    }

    HeardWorkers(MonotonicClock monotonic, Duration expiry, Listener told) {
        this.monotonic = monotonic;
        this.expiry = expiry;
        this.told = told;
    }

    /** Keeps the heartbeat of a worker; a new worker beyond the limit is passed over. */
    synchronized void hear(Worker worker, boolean holdsJob) {
        boolean isNew = !heard.containsKey(worker.id());
        if (holdsJob || heard.size() < MOST || !isNew) {
            heard.put(worker.id(), new Heard(worker, monotonic.nanos()));
            if (isNew) {
                told.changed(WorkerEvent.Change.APPEARED, worker);
            }
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
    synchronized void expire() {
        long now = monotonic.nanos();
        for (Heard known : List.copyOf(heard.values())) {
            if (now - known.atNs() > expiry.toNanos()) {
                gone(known.worker().id(), WorkerEvent.Change.LOST);
            }
        }
    }

    /** Counts the silence of all workers from now: none could be heard before. */
    void restartAll() {
        long now = monotonic.nanos();
        heard.replaceAll((id, known) -> new Heard(known.worker(), now));
    }

    /** Forgets a worker; tells whether it was known. */
    synchronized boolean forget(String id) {
        return gone(id, WorkerEvent.Change.REMOVED);
    }

    private boolean gone(String id, WorkerEvent.Change why) {
        Heard gone = heard.remove(id);
        if (gone != null) {
            told.changed(why, gone.worker());
        }
        return gone != null;
    }
}

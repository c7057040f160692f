package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The external workers that sent a heartbeat lately, in memory, since heartbeats lose their value soon. At most {@link #MOST} of those
 * that hold no job are known at once; the known ones stay, since a flood of new names must not push them out.
 */
final class HeardWorkers {

    static final int MOST = 1_000;

    /** A worker that says something else of itself with each heartbeat is told of once in this time. */
    private static final long REST_NS = TimeUnit.SECONDS.toNanos(1);

    private final MonotonicClock monotonic;
    private final Duration expiry;
    private final Listener told;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    /**
     * A known worker.
     *
     * @param atNs the time of its last heartbeat
     * @param isSilent whether it was told that it is silent
     * @param told the heartbeat of which the listener knows
     * @param toldNs the time at which the listener was told of it
     */
    private record Heard(Worker worker, long atNs, boolean isSilent, Heartbeat told, long toldNs) {

        /** Whether what it says of itself is not what the listener knows. The progress of jobs is told with the jobs. */
        boolean isOther() {
            Heartbeat now = worker.heartbeat();
            return now.status() != told.status()
                    || !now.hostname().equals(told.hostname())
                    || !now.version().equals(told.version())
                    || !Objects.equals(now.task(), told.task())
                    || !Objects.equals(now.jobId(), told.jobId())
                    || !Objects.equals(now.jobTitle(), told.jobTitle());
        }
    }

    /** Learns which workers come and go, once they do. */
    interface Listener {
        void changed(WorkerEvent.Change change, Worker worker);
    }

    HeardWorkers(MonotonicClock monotonic, Duration expiry, Listener told) {
        this.monotonic = monotonic;
        this.expiry = expiry;
        this.told = told;
    }

    /**
     * Keeps the heartbeat of a worker; a new worker beyond the limit is passed over.
     *
     * @param isKnown whether another server has heard it lately, so that it does not appear
     */
    synchronized void hear(Worker worker, boolean holdsJob, boolean isKnown) {
        Heard known = heard.get(worker.id());
        long now = monotonic.nanos();
        if (known != null) {
            heard.put(worker.id(), new Heard(worker, now, false, known.told(), known.toldNs()));
            if (known.isSilent()) {
                tell(worker.id(), WorkerEvent.Change.HEARD);
            } else {
                tellOfChange(worker.id());
            }
        } else if (holdsJob || heard.size() < MOST) {
            heard.put(worker.id(), new Heard(worker, now, false, worker.heartbeat(), now));
            if (!isKnown) {
                told.changed(WorkerEvent.Change.APPEARED, worker);
            }
        }
    }

    private void tellOfChange(String id) {
        Heard known = heard.get(id);
        if (known != null && known.isOther() && monotonic.nanos() - known.toldNs() >= REST_NS) {
            tell(id, WorkerEvent.Change.CHANGED);
        }
    }

    private void tell(String id, WorkerEvent.Change change) {
        Heard known = heard.get(id);
        if (known != null) {
            Worker worker = known.worker();
            boolean isSilent = change == WorkerEvent.Change.SILENT;
            heard.put(id, new Heard(worker, known.atNs(), isSilent, worker.heartbeat(), monotonic.nanos()));
            told.changed(change, worker);
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

    /** The workers that were heard at a time or later, and when each was. */
    Map<Worker, Long> since(long ns) {
        return heard.values().stream()
                .filter(known -> known.atNs() - ns >= 0)
                .collect(Collectors.toMap(Heard::worker, Heard::atNs));
    }

    /** Whether a worker was not heard for half of the time after which it is forgotten. */
    boolean isAnySilent() {
        long now = monotonic.nanos();
        return heard.values().stream().anyMatch(known -> now - known.atNs() > expiry.toNanos() / 2);
    }

    /**
     * Lets go, without telling, of silent workers that another server has heard since.
     *
     * @param ages of the last signs of workers at any server, which may be those of this one
     */
    synchronized void heardElsewhere(Map<String, Duration> ages) {
        long now = monotonic.nanos();
        heard.values().removeIf(known -> {
            Duration age = ages.get(known.worker().id());
            long silence = now - known.atNs();
            return age != null && silence > expiry.toNanos() / 2 && age.toNanos() < silence - expiry.toNanos() / 4;
        });
    }

    /** Forgets the workers that were silent for too long, and tells of those that were for half of that time. */
    synchronized void expire() {
        long now = monotonic.nanos();
        for (Heard known : List.copyOf(heard.values())) {
            String id = known.worker().id();
            long silence = now - known.atNs();
            if (silence > expiry.toNanos()) {
                gone(id, WorkerEvent.Change.LOST);
            } else if (silence > expiry.toNanos() / 2 && !known.isSilent()) {
                tell(id, WorkerEvent.Change.SILENT);
            } else {
                tellOfChange(id);
            }
        }
    }

    /** Counts the silence of all workers from now: none could be heard before. */
    synchronized void restartAll() {
        long now = monotonic.nanos();
        heard.replaceAll((id, known) -> new Heard(known.worker(), now, known.isSilent(), known.told(), known.toldNs()));
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

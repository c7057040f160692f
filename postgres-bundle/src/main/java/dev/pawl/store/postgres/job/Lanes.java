package dev.pawl.store.postgres.job;

import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.news.FirstWaiting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of the queue that have jobs, and the place in each before which no job waits, so that a claim does not pass over what was claimed
 * before: somebody's open transaction keeps those entries of the index, however many they are. A place rises with what a transaction has seen,
 * once that is committed, and falls with each job that this server or another one puts before it. Used by the writer's thread alone.
 */
final class Lanes {

    private final Map<Lane, ReadyQueue.Entry> starts = new HashMap<>();
    private final Map<Lane, ReadyQueue.Entry> seen = new HashMap<>(); // by this transaction
    private final Set<Lane> empty = new HashSet<>(); // for this transaction
    private final DueStart due = new DueStart();
    private boolean isKnown; // which lanes there are
    private boolean isSeen; // all lanes, by this transaction

    /**
     * A part of the queue that is in one order: the jobs of a module key with one rank, or all of it that were interrupted.
     *
     * @param end the rank after its last one
     */
    record Lane(String moduleKey, long end) {

        static Lane of(String moduleKey, long rank) {
            return new Lane(moduleKey, end(rank));
        }

        /** As {@link ClaimLook#LANES} has it. */
        private static long end(long rank) {
            return Math.max(rank + 1, 0);
        }
    }

    /** Whether all lanes are known; otherwise they are to be looked for. */
    boolean isKnown() {
        return isKnown || isSeen;
    }

    /** The jobs that wait for a time, which lie outside of the lanes until then. */
    DueStart due() {
        return due;
    }

    /** Forgets all, since the rows may be others than those that were seen. */
    void forget() {
        due.forget();
        starts.clear();
        undone();
        isKnown = false;
    }

    /** The lanes in which jobs may wait whose module key is wanted. */
    List<Lane> wanted(Predicate<String> isWanted) {
        Set<Lane> lanes = new HashSet<>(starts.keySet());
        lanes.addAll(seen.keySet());
        lanes.removeAll(empty);
        return lanes.stream().filter(lane -> isWanted.test(lane.moduleKey())).toList();
    }

    /**
     * The query for the first jobs of lanes.
     *
     * @param behind as {@link ClaimLook#fromBeginning} has it
     */
    SqlCall first(Collection<Lane> lanes, Map<String, Long> behind, int most) {
        List<String> keys = new ArrayList<>();
        List<Long> ranks = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        List<Long> jobs = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (Lane lane : lanes) {
            ReadyQueue.Entry start = start(lane);
            if (start != null) {
                keys.add(lane.moduleKey());
                ranks.add(start.lane());
                times.add(start.queuedAt());
                jobs.add(start.job());
                ends.add(lane.end());
            }
        }
        return new SqlCall(
                ClaimLook.FROM_STARTS,
                SqlArray.texts(keys),
                SqlArray.numbers(ranks),
                SqlArray.numbers(times),
                SqlArray.numbers(jobs),
                SqlArray.numbers(ends),
                SqlArray.texts(behind.keySet()),
                SqlArray.numbers(behind.values()),
                most);
    }

    private ReadyQueue.@Nullable Entry start(Lane lane) {
        return seen.containsKey(lane) ? seen.get(lane) : starts.get(lane);
    }

    /** The records of jobs are about to be written. */
    void storing(Collection<JobRecord> touched) {
        due.storing(touched);
        for (JobRecord record : touched) {
            if (record.now.place == Place.READY) {
                added(record.moduleKey, new ReadyQueue.Entry(record.now.lane, record.queuedAt, record.job));
            }
        }
    }

    /** A job was put into the queue by another server; whether it may wait where no look would have found it. */
    boolean added(FirstWaiting first) {
        return added(first.moduleKey(), new ReadyQueue.Entry(first.lane(), first.queuedAt(), first.job()));
    }

    private boolean added(String moduleKey, ReadyQueue.Entry place) {
        Lane lane = Lane.of(moduleKey, place.lane());
        ReadyQueue.Entry before = empty.contains(lane) ? null : start(lane);
        starts.merge(lane, place, Lanes::first);
        if (empty.remove(lane)) {
            seen.put(lane, place);
        } else {
            seen.computeIfPresent(lane, (same, start) -> first(start, place));
        }
        return before == null || first(place, before).equals(place);
    }

    private static ReadyQueue.Entry first(ReadyQueue.Entry one, ReadyQueue.Entry other) {
        return ReadyQueue.Entry.ORDER.compare(one, other) <= 0 ? one : other;
    }

    /** A look has found this job first in a lane; null for none. */
    void found(Lane lane, ReadyQueue.@Nullable Entry first) {
        if (first == null) {
            empty.add(lane);
            seen.remove(lane);
        } else {
            empty.remove(lane);
            seen.put(lane, first);
        }
    }

    /** A look has found all lanes that there are. */
    void foundAll() {
        isSeen = true;
        starts.keySet().stream().filter(lane -> !seen.containsKey(lane)).forEach(empty::add);
    }

    void committed() {
        due.committed();
        empty.forEach(starts::remove);
        starts.putAll(seen);
        isKnown |= isSeen;
        undone();
    }

    void undone() {
        due.undone();
        seen.clear();
        empty.clear();
        isSeen = false;
    }
}

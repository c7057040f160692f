package dev.pawl.scheduler;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock, which can be set while jobs wait. Each reading notices that, and before the time is used for anything the store moves
 * the times of waiting retries by as much: a retry waits for elapsed time. Safe for many threads.
 */
final class WallClock implements InstantSource {

    /** Smallest step that counts: time synchronization moves a clock by less, and a retry may begin so much sooner or later. */
    static final Duration STEP = Duration.ofMillis(500);

    /** Longest time between the readings of the two clocks: after a pause in between they cannot be compared. */
    private static final long AT_ONCE_NS = 50_000_000;

    private static final long AGAIN_AFTER_NS = 1_000_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(WallClock.class);

    private final InstantSource wall;
    private final MonotonicClock monotonic;
    private final JobStore store;
    private final Runnable wasSet;
    private volatile Reading last;
    private volatile Reading taken; // since when the store has taken every step
    private boolean moving; // guarded by itself, as is the next
    private long refusedAt;

    /** Readings of both clocks at one moment; their difference stays the same until one is set. */
    private record Reading(Instant wall, long monotonicNs) {

        Duration stepTo(Reading later) {
            return Duration.between(wall, later.wall).minusNanos(later.monotonicNs - monotonicNs);
        }
    }

    /**
     * Begins to compare the clocks.
     *
     * @param wasSet called when waiting retries have new times
     */
    WallClock(InstantSource wall, MonotonicClock monotonic, JobStore store, Runnable wasSet) {
        this.wall = wall;
        this.monotonic = monotonic;
        this.store = store;
        this.wasSet = wasSet;
        this.last = read();
        this.taken = last;
        this.refusedAt = last.monotonicNs - AGAIN_AFTER_NS;
    }

    @Override
    public Instant instant() {
        Reading now = read();
        if (isStep(last.stepTo(now))) {
            noticeStep(now);
        }
        return without(last.stepTo(now), now);
    }

    /**
     * The time for use within a transaction of the store, which a step that the store has not taken yet must not reach: the waiting times
     * in that transaction are still the former ones.
     */
    Instant withinTheStore() {
        Reading now = read();
        Instant before = without(taken.stepTo(now), now);
        return before.isBefore(now.wall) ? before : now.wall; // whichever the store has, nothing is due too early
    }

    /** The time without a step that the store has not taken yet: until then nothing is due by it. */
    private static Instant without(Duration open, Reading now) {
        return isStep(open) ? now.wall.minus(open) : now.wall;
    }

    private static boolean isStep(Duration difference) {
        return difference.abs().compareTo(STEP) >= 0;
    }

    private Reading read() {
        while (true) {
            long before = monotonic.nanos();
            Instant time = wall.instant();
            if (monotonic.nanos() - before < AT_ONCE_NS) {
                return new Reading(time, before);
            }
        }
    }

    private synchronized void noticeStep(Reading now) {
        Reading before = last;
        Duration step = before.stepTo(now);
        if (moving || !isStep(step) || now.monotonicNs - refusedAt < AGAIN_AFTER_NS) {
            return;
        }
        moving = true;
        CompletionStage<Integer> move = store.moveRetries(step);
        last = now; // from here on others use the time: the store gets their writes after the move
        var unused = move.whenComplete((moved, problem) -> moved(before, now, problem));
    }

    private void moved(Reading before, Reading after, @Nullable Throwable problem) {
        synchronized (this) {
            moving = false;
            if (problem != null) {
                last = before;
                refusedAt = monotonic.nanos();
                return;
            }
            taken = after;
        }
        LOG.info("The clock was set by {}; jobs that wait for a retry wait as long as before.", before.stepTo(after));
        wasSet.run();
    }
}

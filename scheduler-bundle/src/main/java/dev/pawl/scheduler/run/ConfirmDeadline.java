package dev.pawl.scheduler.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The time after which a run that is to end no longer waits for the store: counted anew from each commit, since a store that still
 * commits is worth waiting for. Guarded by its journal's lock.
 */
final class ConfirmDeadline {

    private static final long NEVER = -1;

    private final RunTiming timing;
    private final ReentrantLock lock;
    private final Condition changed;
    private long countedFrom = NEVER;
    private long reachedAt = NEVER;

    /** @param changed signalled when the deadline is reached */
    ConfirmDeadline(RunTiming timing, ReentrantLock lock, Condition changed) {
        this.timing = timing;
        this.lock = lock;
        this.changed = changed;
    }

    /**
     * Whether nothing was committed for as long as the store may take to confirm a write. Begins to count when it is asked for the first
     * time after a commit.
     *
     * @param committed the number of the latest commit
     */
    boolean isReached(long committed) {
        if (countedFrom != committed) {
            countedFrom = committed;
            if (timing.timers().after(timing.limits().confirm(), () -> reach(committed)) == null) {
                reachedAt = committed; // the server is stopping
            }
        }
        return reachedAt == committed;
    }

    private void reach(long committed) {
        lock.lock();
        try {
            reachedAt = committed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

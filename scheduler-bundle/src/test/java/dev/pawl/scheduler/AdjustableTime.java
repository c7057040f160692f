package dev.pawl.scheduler;

import dev.pawl.scheduler.time.MonotonicClock;
import java.time.Duration;

/**
 * A monotonic clock that stands still until a test advances it or lets it run. It is its own lock: a test that holds the lock advances this
 * clock and the settable clock together. Safe for many threads.
 */
final class AdjustableTime implements MonotonicClock {

    private long added;
    private boolean running;

    @Override
    public synchronized long nanos() {
        return running ? System.nanoTime() + added : added;
    }

    /** Advances the clock. */
    synchronized void advance(Duration by) {
        added += by.toNanos();
    }

    /** Lets the clock run with the machine's from now on. */
    synchronized void run() {
        added -= System.nanoTime();
        running = true;
    }
}

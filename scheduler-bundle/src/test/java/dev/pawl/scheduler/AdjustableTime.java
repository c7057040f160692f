package dev.pawl.scheduler;

import dev.pawl.scheduler.time.MonotonicClock;
import java.time.Duration;

/**
 * A monotonic time that stands still, as the other clock of tests does, until a test lets some pass or lets it run. Guarded by itself: a
 * test that holds it lets both clocks pass at one moment. Safe for many threads.
 */
final class AdjustableTime implements MonotonicClock {

    private long added;
    private boolean running;

    @Override
    public synchronized long nanos() {
        return running ? System.nanoTime() + added : added;
    }

    /** Lets time pass. */
    synchronized void advance(Duration by) {
        added += by.toNanos();
    }

    /** Lets it run with the machine's from now on. */
    synchronized void run() {
        added -= System.nanoTime();
        running = true;
    }
}

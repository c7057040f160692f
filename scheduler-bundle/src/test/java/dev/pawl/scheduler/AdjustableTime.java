package dev.pawl.scheduler;

import dev.pawl.scheduler.run.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic time that stands still, as the other clock of tests does, until a test lets some pass or lets it run. Safe for many threads. */
final class AdjustableTime implements MonotonicClock {

    private final AtomicLong added = new AtomicLong();
    private volatile boolean running;

    @Override
    public long nanos() {
        return running ? System.nanoTime() + added.get() : added.get();
    }

    /** Lets time pass. */
    void advance(Duration by) {
        added.addAndGet(by.toNanos());
    }

    /** Lets it run with the machine's from now on. */
    void run() {
        added.addAndGet(-System.nanoTime());
        running = true;
    }
}

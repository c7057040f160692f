package dev.pawl.scheduler;

import dev.pawl.scheduler.run.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's monotonic time, and on top of it what tests let pass at once. Safe for many threads. */
final class AdjustableTime implements MonotonicClock {

    private final AtomicLong added = new AtomicLong();

    @Override
    public long nanos() {
        return System.nanoTime() + added.get();
    }

    /** Lets time pass. */
    void advance(Duration by) {
        added.addAndGet(by.toNanos());
    }
}

package dev.pawl.scheduler.run;

import dev.pawl.scheduler.time.MonotonicClock;
import java.time.Duration;
import java.util.function.Supplier;

/** Time that a job has been running: in its earlier runs, and in this one since it was claimed. Safe for many threads. */
final class ElapsedTime implements Supplier<Duration> {

    private final Duration before;
    private final MonotonicClock monotonic;
    private final long beganNs;

    /** Begins to count now, on from what earlier runs took. */
    ElapsedTime(Duration before, MonotonicClock monotonic) {
        this.before = before;
        this.monotonic = monotonic;
        this.beganNs = monotonic.nanos();
    }

    /** All runs of the job together. */
    @Override
    public Duration get() {
        return before.plusNanos(ofThisRunNs());
    }

    long ofThisRunNs() {
        return monotonic.nanos() - beganNs;
    }
}

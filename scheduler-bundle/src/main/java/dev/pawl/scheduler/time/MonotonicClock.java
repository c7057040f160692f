package dev.pawl.scheduler.time;

/**
 * Monotonic time, which measures durations whatever the wall clock is set to. It means nothing in another process: elapsed time is kept
 * in rows over a restart. Safe for many threads.
 */
@FunctionalInterface
public interface MonotonicClock {

    /** Nanoseconds since a moment that stays the same for the life of the process; only differences mean something. */
    long nanos();

    /** The clock of this machine, {@link System#nanoTime}. */
    static MonotonicClock ofThisMachine() {
        return System::nanoTime;
    }
}

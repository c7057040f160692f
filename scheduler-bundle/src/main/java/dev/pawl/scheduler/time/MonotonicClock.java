package dev.pawl.scheduler.time;

/**
 * The time that goes on evenly whatever a clock is set to, for how long something took. It means nothing in another process: over a
 * restart, elapsed time is what the rows say. Safe for many threads.
 */
@FunctionalInterface
public interface MonotonicClock {

    /** Nanoseconds since a moment that stays the same for the life of the process; only differences mean something. */
    long nanos();

    /** The machine's own, {@link System#nanoTime}. */
    static MonotonicClock ofThisMachine() {
        return System::nanoTime;
    }
}

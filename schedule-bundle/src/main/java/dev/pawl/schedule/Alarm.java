package dev.pawl.schedule;

import java.time.Instant;

/** Wakes the timer of schedules. */
@FunctionalInterface
interface Alarm {

    /** Has the timer look at the schedules at a time at the latest; at once when it has passed. */
    void at(Instant time);

    /** Has the timer look now. */
    default void now() {
        at(Instant.MIN);
    }
}

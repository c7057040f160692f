package dev.pawl.scheduler.run;

import java.time.Duration;

/**
 * Longest times that a run is waited for.
 *
 * @param grace from the request to the interrupt
 * @param abandon from the interrupt until the thread is abandoned
 * @param cleanup of a module's cleanup before it is interrupted
 * @param confirm of the store to confirm the last write, once the module's code is left
 */
public record RunLimits(Duration grace, Duration abandon, Duration cleanup, Duration confirm) {

    /** Default limit of a cleanup. */
    public static final Duration CLEANUP = Duration.ofSeconds(30);

    /** Default limit of a confirmation by the store. */
    public static final Duration CONFIRM = Duration.ofSeconds(2);

    /** The longest time from a request to end until the run has ended, cleanup left out. */
    public Duration longest() {
        return grace.plus(abandon);
    }
}

package dev.pawl.scheduler.run;

import java.time.Duration;

/**
 * How long a run is waited for.
 *
 * @param grace from the flag to the interrupt
 * @param abandon from the interrupt until the thread is given up
 * @param cleanup what a module's cleanup may take before it is interrupted
 * @param confirm what the store may take to confirm the last write, once the module's code is left
 */
public record RunLimits(Duration grace, Duration abandon, Duration cleanup, Duration confirm) {

    /** What cleanup may take unless told otherwise. */
    public static final Duration CLEANUP = Duration.ofSeconds(30);

    /** The time that the store may take unless told otherwise. */
    public static final Duration CONFIRM = Duration.ofSeconds(2);

    /** The longest time from a request to end until the run has ended, cleanup left out. */
    public Duration longest() {
        return grace.plus(abandon);
    }
}

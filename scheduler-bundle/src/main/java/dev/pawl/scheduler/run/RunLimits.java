package dev.pawl.scheduler.run;

import java.time.Duration;

/**
 * How long a run is waited for.
 *
 * @param grace from the flag to the interrupt
 * @param abandon from the interrupt until the thread is given up
 * @param cleanup what a module's cleanup may take before it is interrupted
 */
public record RunLimits(Duration grace, Duration abandon, Duration cleanup) {

    /** What cleanup may take unless told otherwise. */
    public static final Duration CLEANUP = Duration.ofSeconds(30);

    /** The longest time from a request to end until the run has ended, cleanup left out. */
    public Duration longest() {
        return grace.plus(abandon);
    }
}

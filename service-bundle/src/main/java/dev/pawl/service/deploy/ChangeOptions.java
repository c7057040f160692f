package dev.pawl.service.deploy;

import dev.pawl.service.job.UpdateMode;
import java.time.Duration;

/**
 * Options of a change to the installed bundles.
 *
 * @param mode what happens to running jobs
 * @param drainTime how long {@link UpdateMode#MOVE} waits for a checkpoint, 0 to 1 hour
 * @param dryRun whether only to report what would happen
 * @param by the user on whose behalf the change is made, for the history
 * @param canary whether the new version stays on one of several servers until it is promoted
 */
public record ChangeOptions(UpdateMode mode, Duration drainTime, boolean dryRun, String by, boolean canary) {

    /** The default drain time: 30 seconds. */
    public static final Duration DEFAULT_DRAIN_TIME = Duration.ofSeconds(30);

    private static final Duration LONGEST_DRAIN_TIME = Duration.ofHours(1);

    public ChangeOptions {
        if (drainTime.isNegative() || drainTime.compareTo(LONGEST_DRAIN_TIME) > 0) {
            throw new IllegalArgumentException("drain_timeout is " + drainTime.toSeconds() + "s; it takes 0s to 1h.");
        }
    }

    /** Options of a change that all servers follow. */
    public ChangeOptions(UpdateMode mode, Duration drainTime, boolean dryRun, String by) {
        this(mode, drainTime, dryRun, by, false);
    }

    /** Options that move the running jobs, with the default drain time. */
    public static ChangeOptions by(String who) {
        return new ChangeOptions(UpdateMode.MOVE, DEFAULT_DRAIN_TIME, false, who);
    }

    /** A copy with another mode. */
    public ChangeOptions with(UpdateMode other) {
        return new ChangeOptions(other, drainTime, dryRun, by, canary);
    }

    /** A copy that only reports what would happen. */
    public ChangeOptions dry() {
        return new ChangeOptions(mode, drainTime, true, by, canary);
    }

    /** A copy that holds the version on its first server. */
    public ChangeOptions held() {
        return new ChangeOptions(mode, drainTime, dryRun, by, true);
    }
}

package dev.pawl.api.catalog;

import dev.pawl.api.job.UpdateMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to install.
 *
 * @param mode what becomes of running jobs
 * @param drainTime how long {@link UpdateMode#MOVE} waits for a checkpoint, 0 to 1 hour
 * @param dryRun whether only to say what would happen
 * @param sha256 the digest the jar must have, as 64 hexadecimal digits; any when null
 * @param by on whose behalf, for the history
 */
public record InstallOptions(
        UpdateMode mode,
        Duration drainTime,
        boolean dryRun,
        @Nullable String sha256,
        String by) {

    /** Half a minute. */
    public static final Duration DEFAULT_DRAIN_TIME = Duration.ofSeconds(30);

    private static final Duration LONGEST_DRAIN_TIME = Duration.ofHours(1);

    public InstallOptions {
        if (drainTime.isNegative() || drainTime.compareTo(LONGEST_DRAIN_TIME) > 0) {
            throw new IllegalArgumentException("drain_timeout is " + drainTime + "; it takes 0s to 1h.");
        }
    }

    /** Moves the running jobs, with the default drain time. */
    public static InstallOptions by(String who) {
        return new InstallOptions(UpdateMode.MOVE, DEFAULT_DRAIN_TIME, false, null, who);
    }
}

package dev.pawl.deploy;

import dev.pawl.base.duration.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The settings of the deployer.
 *
 * @param keptVersions the number of former versions of a bundle that are kept for a rollback, 1 to 100
 * @param timeout the longest time that a bundle may take to start or to stop, 1 s to 1 h
 * @param proving how long a server must stay healthy with a new version before the next one takes it, 0 s to 1 h
 * @param trustedKeys the file or folder with the keys that jars must be signed with; null when they need not be signed
 */
record DeploySettings(
        int keptVersions,
        Duration timeout,
        Duration proving,
        @Nullable Path trustedKeys) {

    private static final int DEFAULT_KEPT_VERSIONS = 3;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DEFAULT_PROVING = Duration.ofSeconds(10);

    /** Reads the framework properties, which the launcher has checked. */
    static DeploySettings of(BundleContext context) {
        String kept = context.getProperty("pawl.kept.versions");
        String timeout = context.getProperty("pawl.activation.timeout");
        String proving = context.getProperty("pawl.roll.out.proving");
        String keys = context.getProperty("pawl.trusted.keys");
        return new DeploySettings(
                kept == null ? DEFAULT_KEPT_VERSIONS : Integer.parseInt(kept),
                timeout == null ? DEFAULT_TIMEOUT : time("pawl.activation.timeout", timeout),
                proving == null ? DEFAULT_PROVING : time("pawl.roll.out.proving", proving),
                keys == null || keys.isBlank() ? null : Path.of(keys));
    }

    private static Duration time(String name, String text) {
        return DurationText.parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(name + " is \"" + text + "\"; it takes a time such as 30s."));
    }
}

package dev.pawl.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * What an operator may set.
 *
 * @param keptVersions how many former versions of a bundle one can go back to, 1 to 100
 * @param patience how long a bundle may take to start or to stop, 1 s to 1 h
 * @param trustedKeys where the keys are that jars must be signed with; null when they need not be signed
 */
record DeploySettings(
        int keptVersions, Duration patience, @Nullable Path trustedKeys) {

    private static final int DEFAULT_KEPT_VERSIONS = 3;
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /** Reads the framework properties, which the launcher has checked. */
    static DeploySettings of(BundleContext context) {
        String kept = context.getProperty("pawl.kept.versions");
        String patience = context.getProperty("pawl.activation.timeout");
        String keys = context.getProperty("pawl.trusted.keys");
        return new DeploySettings(
                kept == null ? DEFAULT_KEPT_VERSIONS : Integer.parseInt(kept),
                patience == null ? DEFAULT_PATIENCE : time(patience),
                keys == null || keys.isBlank() ? null : Path.of(keys));
    }

    private static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "pawl.activation.timeout is \"" + text + "\"; it takes a time such as 30s.");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}

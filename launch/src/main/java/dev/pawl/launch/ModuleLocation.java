package dev.pawl.launch;

import java.util.Optional;

/**
 * The locations of module bundles in the framework: a scheme of our own and the digest of the artifact. They tell module bundles from those
 * of the distribution, also in the framework's bundle cache.
 */
public final class ModuleLocation {

    private static final String SCHEME = "pawl:";

    private ModuleLocation() {}

    /** The location of the bundle that is made of an artifact. */
    public static String of(String sha256) {
        return SCHEME + sha256;
    }

    /** Whether a bundle with this location is a module's. */
    public static boolean isModule(String location) {
        return location.startsWith(SCHEME);
    }

    /** The digest of the artifact that the bundle at this location is made of; empty for a bundle that is no module's. */
    public static Optional<String> sha256(String location) {
        return isModule(location) ? Optional.of(location.substring(SCHEME.length())) : Optional.empty();
    }
}

package dev.pawl.leak;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The class loader of one version of a bundle, weakly referenced. A heap dump shows it with its {@link #token}. */
final class WatchedLoader extends WeakReference<ClassLoader> {

    final long token;
    final String bundle;
    final String version;
    final List<String> modules;
    final Set<String> classes;

    volatile Instant goneAt = Instant.MAX;
    volatile long goneNs;
    int collections; // of the watching thread alone
    volatile List<String> holders = List.of();

    /**
     * @param token unique in this process
     * @param classes the names of the classes that the bundle holds
     */
    WatchedLoader(
            ClassLoader loader, long token, String bundle, String version, List<String> modules, Set<String> classes) {
        super(loader);
        this.token = token;
        this.bundle = bundle;
        this.version = version;
        this.modules = List.copyOf(modules);
        this.classes = Set.copyOf(classes);
    }

    /** Whether nothing holds it any more. */
    boolean isCollected() {
        return refersTo(null);
    }

    String name() {
        return bundle + " " + version;
    }
}

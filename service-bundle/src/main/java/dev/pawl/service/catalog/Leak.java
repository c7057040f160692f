package dev.pawl.service.catalog;

import java.time.Instant;
import java.util.List;

/**
 * A version of a module bundle that is gone but whose classes are still in memory.
 *
 * @param bundle the symbolic name
 * @param version the bundle's version
 * @param modules the ids of the modules it held
 * @param goneAt when it was updated, disabled or removed
 * @param holders what most likely holds it, each as a sentence
 */
public record Leak(String bundle, String version, List<String> modules, Instant goneAt, List<String> holders) {

    public Leak {
        modules = List.copyOf(modules);
        holders = List.copyOf(holders);
    }
}

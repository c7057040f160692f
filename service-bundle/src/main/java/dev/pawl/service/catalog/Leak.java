package dev.pawl.service.catalog;

import java.time.Instant;
import java.util.List;

/**
 * A leaked version: a module bundle's version that was removed or replaced, but whose class loader is still in memory.
 *
 * @param bundle the symbolic name
 * @param version the bundle's version
 * @param modules the ids of the modules it held
 * @param goneAt when it was updated, disabled or removed
 * @param holders the likely causes of the leak, a sentence each
 */
public record Leak(String bundle, String version, List<String> modules, Instant goneAt, List<String> holders) {

    public Leak {
        modules = List.copyOf(modules);
        holders = List.copyOf(holders);
    }
}

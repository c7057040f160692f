package dev.pawl.service.store;

import java.time.Instant;
import java.util.Set;

/**
 * A secret as it is kept.
 *
 * @param name its name
 * @param sealed its encrypted value
 * @param modules the ids of the modules whose jobs may refer to it
 * @param changedAt the time at which it was set last
 * @param changedBy the name of the one who set it last
 */
public record KeptSecret(String name, String sealed, Set<String> modules, Instant changedAt, String changedBy) {

    public KeptSecret {
        modules = Set.copyOf(modules);
    }
}

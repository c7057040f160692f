package dev.pawl.service.secret;

import java.time.Instant;
import java.util.List;

/**
 * A secret in a list, without its value.
 *
 * @param name its name
 * @param modules the ids of the modules whose jobs may refer to it, sorted; {@link NamedSecrets#ALL_MODULES} stands for all
 * @param readable whether its value opens with the key of the data folder
 * @param changedAt the time at which it was set last
 * @param changedBy the name of the one who set it last
 */
public record SecretEntry(String name, List<String> modules, boolean readable, Instant changedAt, String changedBy) {

    public SecretEntry {
        modules = List.copyOf(modules);
    }
}

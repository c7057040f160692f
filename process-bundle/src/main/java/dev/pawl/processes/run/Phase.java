package dev.pawl.processes.run;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.ValidationException;
import java.util.Locale;

/** The phases of a task that its process sees. */
enum Phase {
    VALIDATE,
    RUN,
    CLEANUP;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The exception by which the phase fails with a sentence for people. */
    Exception failure(String sentence) {
        return switch (this) {
            case VALIDATE -> new ValidationException(sentence);
            case RUN -> new RunException(sentence);
            case CLEANUP -> new CleanupException(sentence);
        };
    }
}

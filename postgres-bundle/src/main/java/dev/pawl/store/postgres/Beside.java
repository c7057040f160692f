package dev.pawl.store.postgres;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RunWrite;
import java.util.Optional;

/**
 * The part of a change of jobs that belongs to another store: artifacts. It has no tables in the database yet, so a change that has any is refused,
 * and nothing is lost without a word.
 */
final class Beside {

    private Beside() {}

    /** The refusal of a write. */
    static Optional<ProblemException> of(RunWrite write) {
        return write.artifacts().isEmpty()
                ? Optional.empty()
                : Optional.of(new ProblemException(
                        ProblemCode.STORE_UNAVAILABLE,
                        "The PostgreSQL store has no tables for artifacts of jobs yet."));
    }
}

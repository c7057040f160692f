package dev.pawl.store.postgres;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunWrite;
import java.util.List;
import java.util.Optional;

/**
 * Parts of a change of jobs that belong to other stores: callbacks and artifacts. Their tables are not in the database yet, so a change that has
 * any of them is refused, and nothing is lost without a word.
 */
final class Beside {

    private Beside() {}

    /** The refusal of new jobs; empty when they bring nothing along. */
    static Optional<ProblemException> of(List<NewJob> jobs) {
        boolean any = jobs.stream().anyMatch(job -> job.request().callback().isPresent());
        return any ? refusal("callbacks") : Optional.empty();
    }

    /** The refusal of a write. */
    static Optional<ProblemException> of(RunWrite write) {
        return write.artifacts().isEmpty() ? Optional.empty() : refusal("artifacts of jobs");
    }

    private static Optional<ProblemException> refusal(String what) {
        return Optional.of(new ProblemException(
                ProblemCode.STORE_UNAVAILABLE, "The PostgreSQL store has no tables for " + what + " yet."));
    }
}

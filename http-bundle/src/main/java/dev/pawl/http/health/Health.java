package dev.pawl.http.health;

import dev.pawl.http.resource.Services;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.service.worker.DrainState;
import dev.pawl.service.worker.Workers;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of the server: it takes jobs when the scheduler, the catalog and the deployer are available, and the store can be read and
 * accepts writes. A look costs the same with any number of jobs.
 */
public final class Health implements Supplier<Health.State> {

    private static final String OWNER = "pawl:http";

    private final Services parts;
    private volatile boolean draining;

    public Health(Services parts) {
        this.parts = parts;
    }

    /**
     * The health at a moment.
     *
     * @param problem what keeps the server from taking jobs; null when it takes them
     * @param draining whether the server is stopping, or drained
     * @param trouble a fault that does not keep jobs from running; null when there is none
     */
    public record State(
            @Nullable ProblemException problem,
            boolean draining,
            @Nullable String trouble) {

        /** Whether the server takes jobs. */
        public boolean ready() {
            return problem == null;
        }

        /** A state with this problem. */
        static State of(ProblemException problem) {
            boolean isDraining =
                    problem.code() == ProblemCode.SHUTTING_DOWN || problem.code() == ProblemCode.SERVER_DRAINED;
            return new State(problem, isDraining, null);
        }
    }

    /** The server begins to stop: it is not asked any more what it could do. */
    public void drain() {
        draining = true;
    }

    /** Looks at it now; waits for the store, for seconds at the most. */
    @Override
    public State get() {
        if (draining) {
            return State.of(
                    new ProblemException(ProblemCode.SHUTTING_DOWN, "The server is stopping and takes no more jobs."));
        }
        try {
            parts.scheduler().get();
            parts.catalog().get();
            parts.upkeep().find().flatMap(StoreUpkeep::trouble).ifPresent(trouble -> {
                throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, trouble);
            });
            // The document does not exist; the query shows that the store can be read. A store in trouble could keep it
            // waiting.
            parts.records().find().ifPresent(store -> store.get(OWNER, "health"));
            parts.workers().find().flatMap(Workers::drainHere).ifPresent(drain -> {
                throw new ProblemException(
                        ProblemCode.SERVER_DRAINED,
                        drain == DrainState.DRAINED
                                ? "The server is drained: it takes no jobs, and none runs here."
                                : "The server is draining: it takes no jobs, and hands over those that run here.");
            });
            Optional<String> trouble = parts.deployer().get().trouble();
            return new State(
                    null,
                    false,
                    trouble.or(() -> parts.upkeep().find().flatMap(StoreUpkeep::warning))
                            .orElse(null));
        } catch (ProblemException e) {
            return State.of(
                    e.code().status() == 503
                            ? e
                            : new ProblemException(ProblemCode.STORE_UNAVAILABLE, String.valueOf(e.getMessage()), e));
        }
    }
}

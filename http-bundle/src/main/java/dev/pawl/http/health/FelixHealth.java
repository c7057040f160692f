package dev.pawl.http.health;

import dev.pawl.service.problem.ProblemException;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** The server's health in the terms of Felix Health Checks. */
final class FelixHealth implements HealthCheck {

    private final Supplier<Health.State> health;

    FelixHealth(Supplier<Health.State> health) {
        this.health = health;
    }

    @Override
    public Result execute() {
        Health.State state = health.get();
        ProblemException problem = state.problem();
        if (problem != null) {
            Result.Status status = state.draining() ? Result.Status.TEMPORARILY_UNAVAILABLE : Result.Status.CRITICAL;
            return new Result(status, problem.code().id() + ": " + problem.getMessage());
        }
        String trouble = state.trouble();
        return trouble == null
                ? new Result(Result.Status.OK, "It takes jobs.")
                : new Result(Result.Status.WARN, trouble);
    }
}

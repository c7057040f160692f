package dev.pawl.http.health;

import dev.pawl.http.answer.HealthChecksJson;
import dev.pawl.http.answer.HealthJson;
import dev.pawl.http.answer.HealthJson.Check;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The route of the server's health. */
public final class HealthRoutes {

    private static final String LIVE = "live";
    private static final String READY = "ready";
    private static final Query CHECK = Query.word(
            "check",
            List.of(READY, LIVE),
            READY,
            "ready: a server that takes no jobs, or is stopping, is a problem; live: it answers 200 for as long as it answers. "
                    + "Health checks of other bundles count for what their tags name.");

    private final Supplier<Health.State> health;
    private final BundleChecks checks;

    public HealthRoutes(Supplier<Health.State> health, BundleChecks checks) {
        this.health = health;
        this.checks = checks;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.get(
                        "/status/health",
                        Role.ANYONE,
                        "Whether the server can take jobs.",
                        DeclaredAnswer.json(
                                () -> HealthChecksJson.HEALTH,
                                "It can; otherwise a problem with 503 says what is wrong."),
                        this::health)
                .query(CHECK)
                .problems(ProblemCode.HEALTH_CHECK_FAILED, ProblemCode.SERVER_DRAINED));
    }

    private Answer health(Call call) {
        Health.State state = health.get();
        List<Check> all = checks.states();
        ProblemException problem = state.problem();
        boolean forLive = call.text(CHECK).orElseThrow().equals(LIVE);
        if (problem != null && !forLive) {
            throw problem;
        }
        String counting = forLive ? LIVE : READY;
        String failed = first(all, counting);
        if (failed != null) {
            throw new ProblemException(ProblemCode.HEALTH_CHECK_FAILED, failed);
        }
        return Answer.json(
                all.isEmpty() ? HealthJson.HEALTH : HealthChecksJson.HEALTH,
                new HealthJson.Told(
                        state.ready() && first(all, READY) == null,
                        state.draining(),
                        trouble(state, all),
                        all.isEmpty() ? null : all));
    }

    private static @Nullable String trouble(Health.State state, List<Check> all) {
        ProblemException problem = state.problem();
        if (problem != null) {
            return problem.getMessage();
        }
        return state.trouble() != null ? state.trouble() : first(all, "");
    }

    /** A sentence about the first check with a tag, or with any, that is not passed; null when all are. */
    private static @Nullable String first(List<Check> all, String tag) {
        for (Check check : all) {
            if (check.isFailed() && (tag.isEmpty() || check.hasTag(tag))) {
                return check.sentence();
            }
        }
        return null;
    }
}

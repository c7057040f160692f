package dev.pawl.http.health;

import dev.pawl.http.answer.HealthJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;

/** The route of the server's health. */
public final class HealthRoutes {

    private static final String LIVE = "live";
    private static final Query CHECK = Query.word(
            "check",
            List.of("ready", LIVE),
            "ready",
            "ready: a server that takes no jobs, or is stopping, is a problem; live: it answers 200 for as long as it answers.");

    private final Supplier<Health.State> health;

    public HealthRoutes(Supplier<Health.State> health) {
        this.health = health;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.get(
                        "/status/health",
                        Role.ANYONE,
                        "Whether the server can take jobs.",
                        DeclaredAnswer.json(
                                () -> HealthJson.HEALTH, "It can; otherwise a problem with 503 says what is wrong."),
                        this::health)
                .query(CHECK));
    }

    private Answer health(Call call) {
        Health.State state = health.get();
        ProblemException problem = state.problem();
        if (problem != null && !call.text(CHECK).orElseThrow().equals(LIVE)) {
            throw problem;
        }
        String trouble = problem == null ? state.trouble() : problem.getMessage();
        return Answer.json(HealthJson.HEALTH, new HealthJson.Told(state.ready(), state.draining(), trouble));
    }
}

package dev.pawl.http.resource;

import dev.pawl.http.auth.Role;
import dev.pawl.http.json.StatusJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.StoreUpkeep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the server is. */
public final class StatusRoutes {

    private static final String OWNER = "pawl:http";

    private final Services parts;
    private final String version;
    private final Map<String, String> configuration;

    /**
     * Answers for the parts.
     *
     * @param version the product's
     * @param configuration the effective one by name, secrets masked
     */
    public StatusRoutes(Services parts, String version, Map<String, String> configuration) {
        this.parts = parts;
        this.version = version;
        this.configuration = Map.copyOf(configuration);
    }

    /** The routes that this answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/status",
                        Role.VIEWER,
                        "How the server is and what runs.",
                        DeclaredAnswer.json(StatusJson.STATUS, "How it is."),
                        this::status),
                Route.get(
                        "/status/health",
                        Role.ANYONE,
                        "Whether the server can take jobs.",
                        DeclaredAnswer.json(
                                StatusJson.HEALTH, "It can; otherwise a problem with 503 says what is wrong."),
                        this::health),
                Route.get(
                        "/status/config",
                        Role.VIEWER,
                        "The effective configuration, secrets masked.",
                        DeclaredAnswer.json(StatusJson.CONFIGURATION, "The configuration."),
                        this::config));
    }

    private Answer status(Call call) {
        SchedulerStatus status = parts.scheduler().get().status();
        int modules = parts.catalog().get().modules().size();
        return Answer.json(StatusJson.STATUS, new StatusJson.Status(version, status, modules));
    }

    /**
     * Online when scheduler and modules are there, modules can be changed, and the store is read and takes writes. Costs the same
     * however much runs. What is amiss and keeps no job from running is in the answer.
     */
    private Answer health(Call call) {
        Optional<String> trouble;
        try {
            parts.scheduler().get();
            parts.catalog().get();
            readStore();
            refuseTrouble();
            trouble = parts.deployer().get().trouble();
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.code().status() == 503 ? e.code() : ProblemCode.STORE_UNAVAILABLE,
                    String.valueOf(e.getMessage()),
                    e);
        }
        return Answer.json(StatusJson.HEALTH, trouble);
    }

    /** There is no such document; that it can be looked for is what counts. */
    private void readStore() {
        parts.records().find().ifPresent(store -> store.get(OWNER, "health"));
    }

    private void refuseTrouble() {
        Optional<String> trouble = parts.upkeep().find().flatMap(StoreUpkeep::trouble);
        if (trouble.isPresent()) {
            throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, trouble.get());
        }
    }

    private Answer config(Call call) {
        String uptime = parts.scheduler().get().status().uptime();
        return Answer.json(StatusJson.CONFIGURATION, new StatusJson.Configuration(version, uptime, configuration));
    }
}

package dev.pawl.http.resource;

import dev.pawl.http.answer.HealthJson;
import dev.pawl.http.answer.StatusJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.StoreUpkeep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of the server's status. */
public final class StatusRoutes {

    private static final String OWNER = "pawl:http";

    private final Services parts;
    private final String version;
    private final Map<String, String> configuration;

    /**
     * Creates the routes.
     *
     * @param version the product's version
     * @param configuration the effective configuration by name, secrets masked
     */
    public StatusRoutes(Services parts, String version, Map<String, String> configuration) {
        this.parts = parts;
        this.version = version;
        this.configuration = Map.copyOf(configuration);
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/status",
                        Role.VIEWER,
                        "The status of the server, with its running jobs.",
                        DeclaredAnswer.json(() -> StatusJson.STATUS, "The status."),
                        this::status),
                Route.get(
                        "/status/health",
                        Role.ANYONE,
                        "Whether the server can take jobs.",
                        DeclaredAnswer.json(
                                () -> HealthJson.HEALTH, "It can; otherwise a problem with 503 says what is wrong."),
                        this::health),
                Route.get(
                        "/status/config",
                        Role.VIEWER,
                        "The effective configuration, secrets masked.",
                        DeclaredAnswer.json(() -> StatusJson.CONFIGURATION, "The configuration."),
                        this::config));
    }

    private Answer status(Call call) {
        SchedulerStatus status = parts.scheduler().get().status();
        int modules = parts.catalog().get().modules().size();
        return Answer.json(StatusJson.STATUS, new StatusJson.Status(version, status, modules));
    }

    /**
     * Answers online when the scheduler, the catalog and the deployer are available, and the store can be read and accepts writes. The cost
     * does not depend on the number of jobs. Faults that do not keep jobs from running are in the answer.
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
        return Answer.json(HealthJson.HEALTH, trouble);
    }

    /** The document does not exist; the query shows that the store can be read. */
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

package dev.pawl.http.resource;

import dev.pawl.http.answer.StatusJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.SchedulerStatus;
import java.util.List;
import java.util.Map;

/** The routes of the server's status. */
public final class StatusRoutes {

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

    private Answer config(Call call) {
        String uptime = parts.scheduler().get().status().uptime();
        return Answer.json(StatusJson.CONFIGURATION, new StatusJson.Configuration(version, uptime, configuration));
    }
}

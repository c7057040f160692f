package dev.pawl.http.route;

import dev.pawl.service.access.Role;
import java.util.Set;

/** How far a route reaches into the server, by which the calls of bounded tokens are checked. */
public enum Reach {
    /** No further than every token may, or its handler looks at the bounds itself. */
    FREE,
    /** One module, or its documents. */
    MODULE,
    /** One job. */
    JOB,
    /** One worker. */
    WORKER,
    /** One schedule. */
    SCHEDULE,
    /** The server as a whole. */
    SERVER;

    private static final Set<String> FREE_ROUTES = Set.of(
            "GET /tokens/self",
            "POST /session/codes",
            "GET /jobs",
            "POST /jobs",
            "GET /events",
            "POST /jobs/actions",
            "GET /queue",
            "POST /queue",
            "GET /queue/poll",
            "GET /modules",
            "GET /schedules",
            "POST /schedules/preview",
            "POST /callbacks");

    private static final Set<String> READ_BY_WORKERS =
            Set.of("GET /queue", "GET /workers/{id}", "GET /jobs/{id}", "GET /tokens/self");

    /** The reach of a route; a new one reaches the whole server until it is placed here. */
    public static Reach of(Route route) {
        String template = route.template();
        if (route.role() == Role.ANYONE || FREE_ROUTES.contains(route.method() + " " + template)) {
            return FREE;
        }
        if (isBelow(template, "/jobs/{id}")) {
            return JOB;
        }
        if (isBelow(template, "/modules/{id}") || isBelow(template, "/data/{module}")) {
            return MODULE;
        }
        if (isBelow(template, "/schedules/{name}")) {
            return SCHEDULE;
        }
        return template.equals("/workers/{id}") ? WORKER : SERVER;
    }

    /** Whether an open route tells a caller more whose token it gets. */
    public static boolean isTailored(Route route) {
        return route.template().equals("/openapi.json");
    }

    /** Whether workers may read it, as far as it is about their jobs, although it needs another role. */
    public static boolean isReadByWorkers(Route route) {
        return READ_BY_WORKERS.contains(route.method() + " " + route.template());
    }

    private static boolean isBelow(String template, String top) {
        return template.startsWith(top) && (template.length() == top.length() || template.charAt(top.length()) == '/');
    }
}

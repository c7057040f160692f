package dev.pawl.http.route;

import java.util.Set;

/** The kinds of work that handlers do; each kind has a lane, which limits how much of it is done at once. */
public enum Work {
    /** Reports the server's health, even under load. */
    HEALTH,
    /** Reports the server's status, with a short read of the store. */
    STATUS,
    /** Reads only memory. */
    LIGHT,
    /** Reads pages of the store, each of which may be megabytes. */
    PAGES,
    /** Reads or writes little of the store: a moment of a core or of the disk. */
    ORDINARY,
    /** Processes a body of megabytes, which takes several times its size in memory. */
    LARGE_BODY,
    /** Changes modules, copies the store or runs a line of the shell, which takes seconds. */
    LONG;

    private static final Set<String> LONG_GROUPS = Set.of("modules", "store");

    /** The kind of work of a route. */
    public static Work of(Route route) {
        return switch (route.template()) {
            case "/status/health" -> HEALTH;
            case "/status", "/status/config", "/metrics" -> STATUS;
            case "/", "/console", "/console/{path}", "/manual", "/manual/{path}", "/doc", "/docs", "/openapi.json" ->
                LIGHT;
            case "/audit/verify", "/shell", "/jobs/actions" -> LONG;
            case "/audit", "/audit/export", "/jobs/{id}/results", "/jobs/{id}/logs", "/jobs/{id}/artifacts" -> PAGES;
            case "/jobs", "/schedules", "/hooks", "/callbacks", "/notifications" ->
                route.method().equals("GET") ? PAGES : ORDINARY;
            default -> LONG_GROUPS.contains(route.group()) && !route.method().equals("GET") ? LONG : ORDINARY;
        };
    }
}

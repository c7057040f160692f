package dev.pawl.http.route;

import java.util.Set;

/** The kind of work that a route's handler does, which says beside how many others it may do it. */
public enum Work {
    /** Says whether the server is well, whatever else there is to do. */
    HEALTH,
    /** Tells how the server is, for which it looks into the store for a moment. */
    STATUS,
    /** Looks at what is in memory. */
    LIGHT,
    /** Reads pages of the store, each of which may be megabytes. */
    PAGES,
    /** Reads or writes the store otherwise: a moment of a core or of the disk. */
    ORDINARY,
    /** Makes something of a body of megabytes, which takes several times its memory. */
    LARGE_BODY,
    /** Changes modules or copies the store, which takes seconds. */
    LONG;

    private static final Set<String> LONG_GROUPS = Set.of("modules", "store");

    /** The kind of a route's. */
    public static Work of(Route route) {
        return switch (route.template()) {
            case "/status/health" -> HEALTH;
            case "/status", "/status/config" -> STATUS;
            case "/", "/doc", "/docs", "/openapi.json" -> LIGHT;
            case "/jobs/{id}/results", "/jobs/{id}/logs" -> PAGES;
            case "/jobs" -> route.method().equals("GET") ? PAGES : ORDINARY;
            default -> LONG_GROUPS.contains(route.group()) && !route.method().equals("GET") ? LONG : ORDINARY;
        };
    }
}

package dev.pawl.http.route;

import java.util.Set;

/** The kind of work that a route's handler does, which says beside how many others it may do it. */
public enum Work {
    /** Looks at what is in memory; always done at once. */
    LIGHT,
    /** Reads or writes the store: a moment of a core or of the disk. */
    ORDINARY,
    /** Changes modules or copies the store, which takes seconds. */
    LONG;

    private static final Set<String> LIGHT_PATHS =
            Set.of("/", "/status", "/status/health", "/status/config", "/doc", "/docs", "/openapi.json");
    private static final Set<String> LONG_GROUPS = Set.of("modules", "store");

    /** The kind of a route's. */
    public static Work of(Route route) {
        if (LIGHT_PATHS.contains(route.template())) {
            return LIGHT;
        }
        return LONG_GROUPS.contains(route.group()) && !route.method().equals("GET") ? LONG : ORDINARY;
    }
}

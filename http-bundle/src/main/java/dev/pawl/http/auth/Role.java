package dev.pawl.http.auth;

import java.util.Locale;

/** The role that a route needs; each role may do everything that the ones before it may. */
public enum Role {
    /** Needs no token. */
    ANYONE,
    /** Reads. */
    VIEWER,
    /** Starts, stops and removes jobs; controls the queue, workers and data. */
    OPERATOR,
    /** Changes modules. */
    ADMIN;

    /** Whether this role suffices where the other one is needed. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The word on the wire, such as {@code viewer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

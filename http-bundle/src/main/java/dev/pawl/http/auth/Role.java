package dev.pawl.http.auth;

import java.util.Locale;

/** What a caller may do; each role may do all that the ones before it may. */
public enum Role {
    /** No token needed. */
    ANYONE,
    /** Reads. */
    VIEWER,
    /** Starts, stops and removes jobs; steers queue, workers and data. */
    OPERATOR,
    /** Changes modules. */
    ADMIN;

    /** Whether a caller of this role may do what takes the other. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The word on the wire, such as {@code viewer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

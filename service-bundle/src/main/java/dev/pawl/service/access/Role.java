package dev.pawl.service.access;

import java.util.Locale;

/**
 * The role of one who acts, and the role that an action needs. Viewers, operators and admins may do everything that the ones before them may;
 * a worker may do what is meant for workers, which operators and admins may too.
 */
public enum Role {
    /** Has no token, and needs none. */
    ANYONE,
    /** Takes jobs from the queue, reports its heartbeats and ends them. */
    WORKER,
    /** Reads. */
    VIEWER,
    /** Starts, stops and removes jobs; controls the queue, workers and data. */
    OPERATOR,
    /** Changes modules and tokens. */
    ADMIN;

    /** Whether this role suffices where the other one is needed. */
    public boolean covers(Role needed) {
        return switch (needed) {
            case ANYONE -> true;
            case WORKER -> this == WORKER || covers(OPERATOR);
            case VIEWER, OPERATOR, ADMIN -> compareTo(needed) >= 0;
        };
    }

    /** The word on the wire, such as {@code viewer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

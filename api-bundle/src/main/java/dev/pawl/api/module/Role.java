package dev.pawl.api.module;

import java.util.Locale;

/** The role of a caller; each role may do everything that the ones before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Starts, stops and removes jobs. */
    OPERATOR,
    /** Changes modules and their settings. */
    ADMIN;

    /** Whether this role suffices where the other one is needed. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The word on the wire, such as {@code operator}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a role, case-insensitively.
     *
     * @throws IllegalArgumentException when the text is not a role; the message names the roles
     */
    public static Role of(String text) {
        for (Role role : values()) {
            if (role.name().equalsIgnoreCase(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("The role is \"" + text + "\"; there are viewer, operator and admin.");
    }
}

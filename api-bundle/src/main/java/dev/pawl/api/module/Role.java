package dev.pawl.api.module;

import java.util.Locale;

/** The rights of a caller; each role may do all that the ones before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Starts, stops and removes jobs. */
    OPERATOR,
    /** Changes modules and their settings. */
    ADMIN;

    /** Whether somebody of this role may do what takes the other. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The word on the wire, such as {@code operator}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a role in either case.
     *
     * @throws IllegalArgumentException when the text is none, naming those there are
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

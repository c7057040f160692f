package dev.pawl.service.access;

/**
 * An identity under which someone acts: a token, or a part of the server that acts by itself.
 *
 * @param id the stable id: the id of a token, {@code admin} for the token of the data folder, or a word such as {@code local} or {@code folder}
 * @param name the name for people
 * @param role the role
 * @param bounds the bounds within that role
 */
public record Principal(String id, String name, Role role, Bounds bounds) {

    /** A caller without a token. */
    public static final Principal NOBODY = new Principal("nobody", "nobody", Role.ANYONE);

    /** Every caller, when tokens are switched off. */
    public static final Principal LOCAL = new Principal("local", "local", Role.ADMIN);

    /** An identity that only its role bounds. */
    public Principal(String id, String name, Role role) {
        this(id, name, role, Bounds.NONE);
    }

    /** Whether it may do less than its role says, so that each of its calls must be checked: it has bounds, or is a worker's. */
    public boolean isBounded() {
        return role == Role.WORKER || !bounds.areNone();
    }

    /** Whether it speaks for a worker: one whose id is its name, or its name with more after a character that is neither letter nor digit. */
    public boolean speaksFor(String worker) {
        return worker.startsWith(name)
                && (worker.length() == name.length() || !Character.isLetterOrDigit(worker.charAt(name.length())));
    }
}

package dev.pawl.http.auth;

/**
 * An authenticated caller.
 *
 * @param name the caller's name, for the history of changes
 * @param role the caller's role
 */
public record Caller(String name, Role role) {

    /** A caller without a token. */
    public static final Caller NOBODY = new Caller("nobody", Role.ANYONE);

    /** Every caller, when tokens are switched off. */
    public static final Caller LOCAL = new Caller("local", Role.ADMIN);
}

package dev.pawl.http.auth;

/**
 * Who calls.
 *
 * @param name for the history of changes
 * @param role what they may do
 */
public record Caller(String name, Role role) {

    /** Somebody without a token. */
    public static final Caller NOBODY = new Caller("nobody", Role.ANYONE);

    /** Everybody, where tokens are switched off. */
    public static final Caller LOCAL = new Caller("local", Role.ADMIN);
}

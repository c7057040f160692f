package dev.pawl.service.access;

/**
 * An identity under which someone acts: a token, or a part of the server that acts by itself.
 *
 * @param id the stable id: the id of a token, {@code admin} for the token of the data folder, or a word such as {@code local} or {@code folder}
 * @param name the name for people
 * @param role the role
 */
public record Principal(String id, String name, Role role) {

    /** A caller without a token. */
    public static final Principal NOBODY = new Principal("nobody", "nobody", Role.ANYONE);

    /** Every caller, when tokens are switched off. */
    public static final Principal LOCAL = new Principal("local", "local", Role.ADMIN);
}

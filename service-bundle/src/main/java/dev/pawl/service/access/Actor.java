package dev.pawl.service.access;

import org.jspecify.annotations.Nullable;

/**
 * The one who makes a request or a change, and from where.
 *
 * @param principal the identity
 * @param door the way by which it came
 * @param remote the address of the client; null when it came from inside the server
 * @param requestId the id of the request, as in its answer and in log lines; null when there is no request
 */
public record Actor(
        Principal principal,
        Door door,
        @Nullable String remote,
        @Nullable String requestId) {

    /** A part of the server that acts by itself or for the person at it, named after its door, as an admin. */
    public static Actor inside(Door door) {
        return new Actor(new Principal(door.wireName(), door.wireName(), Role.ADMIN), door, null, null);
    }

    /** The stable id of the identity. */
    public String id() {
        return principal.id();
    }

    /** The name for people: the {@code who} of histories. */
    public String who() {
        return principal.name();
    }

    public Role role() {
        return principal.role();
    }
}

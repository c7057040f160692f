package dev.pawl.http.auth;

import dev.pawl.service.access.Role;

/**
 * The credential that a route needs.
 *
 * @param role the role
 * @param forWorkers whether workers may use it without that role
 * @param socket whether its token may be in the address or among the protocols of a WebSocket, because web pages cannot set its headers
 * @param tailored whether an open route tells more to those it knows
 */
public record Need(Role role, boolean forWorkers, boolean socket, boolean tailored) {

    /** Whether someone with a role may use the route. */
    boolean isMetBy(Role given) {
        return given.covers(role) || (given == Role.WORKER && forWorkers);
    }
}

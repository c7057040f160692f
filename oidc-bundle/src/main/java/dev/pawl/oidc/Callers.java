package dev.pawl.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells from the claims of a verified token who its owner is and which role that gives here. */
record Callers(RoleClaim role) {

    private static final String ID_PREFIX = "oidc:";

    static Callers by(OidcSettings settings) {
        return new Callers(new RoleClaim(settings.roleClaim(), settings.roles()));
    }

    /**
     * The owner.
     *
     * @throws ProblemException {@code FORBIDDEN} when no claim gives a role
     */
    Principal of(JWTClaimsSet claims) {
        Role given = role.of(claims.getClaims())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.FORBIDDEN,
                        "The token is valid, but its claim " + String.join(".", role.path())
                                + " has none of the values to which PAWL_OIDC_ROLES gives a role."));
        return new Principal(ID_PREFIX + claims.getSubject(), name(claims), given);
    }

    private static String name(JWTClaimsSet claims) {
        return Stream.of("preferred_username", "email", "client_id", "azp")
                .map(claims::getClaim)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElseGet(() -> Objects.requireNonNull(claims.getSubject()));
    }
}

package dev.pawl.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.pawl.service.access.VerifiedToken;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.Set;

/** Checks bearer tokens: what {@link SignedClaims} does, their type as RFC 9068 asks for, and the role. */
final class TokenCheck {

    private final SignedClaims claims;
    private final Callers callers;

    TokenCheck(OidcSettings settings, JWKSource<SecurityContext> keys, InstantSource clock) {
        this.callers = Callers.by(settings);
        this.claims = new SignedClaims(
                settings.issuer().toString(),
                Set.copyOf(settings.audiences()),
                SignedClaims.types(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")),
                keys,
                clock,
                ProblemCode.UNAUTHORIZED);
    }

    /**
     * Checks a token; may ask the issuer for its keys.
     *
     * @throws ProblemException as {@link dev.pawl.service.access.BearerVerifier#verify} describes
     */
    VerifiedToken check(String token) {
        JWTClaimsSet verified = claims.of(claims.parse(token));
        return new VerifiedToken(
                callers.of(verified),
                verified.getExpirationTime().toInstant().plusSeconds(SignedClaims.CLOCKS_DIFFER_S));
    }
}

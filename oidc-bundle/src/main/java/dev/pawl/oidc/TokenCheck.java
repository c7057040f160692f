package dev.pawl.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.access.VerifiedToken;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks tokens: signature, issuer, audience, times and role, as RFC 7519, RFC 8725 and RFC 9068 ask for. Only algorithms with a public key
 * are accepted, so that nothing that the issuer publishes can sign.
 */
final class TokenCheck {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int CLOCKS_DIFFER_S = (int) Duration.ofMinutes(1).toSeconds();
    private static final String ID_PREFIX = "oidc:";
    private static final String PEOPLE_NAME = "preferred_username";
    private static final String PROGRAM_NAME = "client_id";

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final RoleClaim roleClaim;
    private final String issuer;

    TokenCheck(OidcSettings settings, JWKSource<SecurityContext> keys, InstantSource clock) {
        this.roleClaim = new RoleClaim(settings.roleClaim(), settings.roles());
        this.issuer = settings.issuer().toString();
        var expected = new JWTClaimsSet.Builder().issuer(issuer).build();
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        Set.copyOf(settings.audiences()), expected, Set.of("sub", "exp"), Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(CLOCKS_DIFFER_S);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * Checks a token; may ask the issuer for its keys.
     *
     * @throws ProblemException as {@link dev.pawl.service.access.BearerVerifier#verify} describes
     */
    VerifiedToken check(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Role role = roleClaim
                    .of(claims.getClaims())
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.FORBIDDEN,
                            "The token is valid, but its claim " + String.join(".", roleClaim.path())
                                    + " has none of the values to which PAWL_OIDC_ROLES gives a role."));
            return new VerifiedToken(
                    new Principal(ID_PREFIX + claims.getSubject(), name(claims), role),
                    claims.getExpirationTime().toInstant().plusSeconds(CLOCKS_DIFFER_S));
        } catch (RemoteKeySourceException unreachable) {
            throw unavailable(unreachable);
        } catch (KeySourceException tooOften) { // the keys were asked for a moment ago, and this one was not among them
            throw refused("The token's key is not one of the issuer's.", tooOften);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw refused("The token is not accepted: " + e.getMessage(), e);
        }
    }

    private static String name(JWTClaimsSet claims) {
        return Stream.of(PEOPLE_NAME, "email", PROGRAM_NAME, "azp")
                .map(claims::getClaim)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElseGet(() -> Objects.requireNonNull(claims.getSubject()));
    }

    private ProblemException unavailable(Exception cause) {
        return new ProblemException(
                ProblemCode.ISSUER_UNAVAILABLE,
                "The keys of the issuer " + issuer + " cannot be had: " + cause.getMessage(),
                cause);
    }

    private static ProblemException refused(String detail, Exception cause) {
        return new ProblemException(ProblemCode.UNAUTHORIZED, detail, cause);
    }
}

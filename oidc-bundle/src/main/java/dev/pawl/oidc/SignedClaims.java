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
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;

/**
 * Verifies the signature, issuer, audience and times of tokens, as RFC 7519 and RFC 8725 ask for. Only algorithms with a public key are accepted, so
 * that nothing that the issuer publishes can sign.
 */
final class SignedClaims {

    /** By how much the clocks of the issuer and of the server may differ. */
    static final int CLOCKS_DIFFER_S = (int) Duration.ofMinutes(1).toSeconds();

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

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String issuer;
    private final ProblemCode refusal;

    /**
     * Creates the verification.
     *
     * @param audiences the audiences, one of which a token must be for
     * @param types the types that a token may have; null for none
     * @param refusal the code of tokens that are refused
     */
    SignedClaims(
            String issuer,
            Set<String> audiences,
            DefaultJOSEObjectTypeVerifier<SecurityContext> types,
            JWKSource<SecurityContext> keys,
            InstantSource clock,
            ProblemCode refusal) {
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("Without an audience, tokens for anybody would be accepted.");
        }
        this.issuer = issuer;
        this.refusal = refusal;
        var expected = new JWTClaimsSet.Builder().issuer(issuer).build();
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(audiences, expected, Set.of("sub", "exp"), Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(CLOCKS_DIFFER_S);
        processor.setJWSTypeVerifier(types);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** The verifier of types with these names; a token without a type passes too. */
    static DefaultJOSEObjectTypeVerifier<SecurityContext> types(JOSEObjectType first, JOSEObjectType... more) {
        Set<JOSEObjectType> all = new HashSet<>(Set.of(more));
        all.add(first);
        all.add(null);
        return new DefaultJOSEObjectTypeVerifier<>(all);
    }

    /**
     * The claims of a token; may ask the issuer for its keys.
     *
     * @throws ProblemException the code of refused tokens, or {@code ISSUER_UNAVAILABLE}
     */
    JWTClaimsSet of(SignedJWT token) {
        try {
            return processor.process(token, null);
        } catch (RemoteKeySourceException unreachable) {
            throw new ProblemException(
                    ProblemCode.ISSUER_UNAVAILABLE,
                    "The keys of the issuer " + issuer + " cannot be had: " + unreachable.getMessage(),
                    unreachable);
        } catch (KeySourceException tooOften) { // the keys were asked for a moment ago, and this one was not among them
            throw refused("The token's key is not one of the issuer's.", tooOften);
        } catch (BadJOSEException | JOSEException e) {
            throw refused("The token is not accepted: " + e.getMessage(), e);
        }
    }

    /** The token of a text; refused when it is not a signed one. */
    SignedJWT parse(String text) {
        try {
            return SignedJWT.parse(text);
        } catch (ParseException e) {
            throw refused("The token is not accepted: " + e.getMessage(), e);
        }
    }

    private ProblemException refused(String detail, Exception cause) {
        return new ProblemException(refusal, detail, cause);
    }
}

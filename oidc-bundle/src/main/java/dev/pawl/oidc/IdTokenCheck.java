package dev.pawl.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.pawl.service.access.Principal;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the ID token of a sign-in (OpenID Connect Core 1.0, section 3.1.3.7), which must be for this client and for this very sign-in. */
final class IdTokenCheck {

    private final String clientId;
    private final SignedClaims claims;
    private final Callers callers;

    IdTokenCheck(OidcSettings settings, String clientId, JWKSource<SecurityContext> keys, InstantSource clock) {
        this.clientId = clientId;
        this.callers = Callers.by(settings);
        this.claims = new SignedClaims(
                settings.issuer().toString(),
                Set.of(clientId),
                SignedClaims.types(JOSEObjectType.JWT),
                keys,
                clock,
                ProblemCode.SIGN_IN_FAILED);
    }

    /**
     * Checks a token; may ask the issuer for its keys.
     *
     * @param nonce the nonce with which the sign-in began
     * @param accessToken the access token that came with it; null when none did
     * @throws ProblemException {@code SIGN_IN_FAILED}, {@code FORBIDDEN} or {@code ISSUER_UNAVAILABLE}
     */
    Principal check(String idToken, String nonce, @Nullable String accessToken) {
        SignedJWT token = claims.parse(idToken);
        JWTClaimsSet verified = claims.of(token);
        if (!nonce.equals(verified.getClaim("nonce"))) {
            throw refused("it belongs to another sign-in (nonce)");
        }
        Object party = verified.getClaim("azp");
        if (party == null ? verified.getAudience().size() > 1 : !clientId.equals(party)) {
            throw refused("it was issued for another client (azp)");
        }
        Object hash = verified.getClaim("at_hash");
        if (hash != null
                && accessToken != null
                && !hash.equals(
                        halfHash(accessToken, token.getHeader().getAlgorithm().getName()))) {
            throw refused("it belongs to another access token (at_hash)");
        }
        return callers.of(verified);
    }

    /** The left half of the hash of an access token, by the hash function of the signature: RS256, PS384, ES512 and so on. */
    private static String halfHash(String accessToken, String algorithm) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-" + algorithm.substring(2))
                    .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256, SHA-384 and SHA-512.", e);
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.SIGN_IN_FAILED, "The issuer's ID token is not accepted: " + why + ".");
    }
}

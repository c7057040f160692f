package dev.pawl.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.access.VerifiedToken;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of a real issuer over HTTP. */
final class VerificationTest {

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private LocalIssuer issuer;
    private Verification verification;

    @BeforeEach
    void start() throws Exception {
        issuer = new LocalIssuer();
        verification = verification(Map.of());
    }

    @AfterEach
    void stop() {
        verification.close();
        issuer.close();
    }

    private Verification verification(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "pawl.oidc.issuer",
                issuer.url(),
                "pawl.oidc.audience",
                "pawl",
                "pawl.oidc.roles",
                "ops=operator,boss=admin"));
        properties.putAll(more);
        return new Verification(new Issuer(OidcSettings.read(properties::get).orElseThrow()), clock);
    }

    private JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer.url())
                .audience(List.of("other", "pawl"))
                .subject("42")
                .claim("preferred_username", "ann")
                .claim("roles", List.of("staff", "ops"))
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(300)));
        change.accept(claims);
        return claims.build();
    }

    private VerifiedToken verify(String token) throws Exception {
        return verification.verify(token).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private ProblemException refusal(String token) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> verify(token));
        return (ProblemException) FutureFailure.cause(new CompletionException(failed.getCause()));
    }

    private void assertUnauthorized(String token, String because) {
        ProblemException refused = refusal(token);
        assertEquals(ProblemCode.UNAUTHORIZED, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains(because), refused::getMessage);
    }

    @Test
    void aTokenOfTheIssuerSaysWhoCallsAndWithWhichRole() throws Exception {
        assertEquals(
                new VerifiedToken(
                        new Principal("oidc:42", "ann", Role.OPERATOR),
                        clock.instant().plusSeconds(360)),
                verify(issuer.sign(claims(claims -> {}))));
        assertEquals(
                Role.ADMIN,
                verify(issuer.sign(claims(claims -> claims.claim("roles", "boss ops"))))
                        .principal()
                        .role());
    }

    @Test
    void aTokenForAProgramHasTheNameOfTheProgram() throws Exception {
        String token = LocalIssuer.sign(
                claims(claims -> claims.claim("preferred_username", null).claim("client_id", "nightly-build")),
                issuer.rotate("next"),
                new JOSEObjectType("at+jwt"));
        assertEquals("nightly-build", verify(token).principal().name());
    }

    @Test
    void rolesMayBeDeepInsideAClaim() throws Exception {
        verification.close();
        verification = verification(Map.of("pawl.oidc.role.claim", "realm_access.roles"));
        String token = issuer.sign(claims(claims -> claims.claim("realm_access", Map.of("roles", List.of("boss")))));
        assertEquals(Role.ADMIN, verify(token).principal().role());
        verification.close();
        verification = verification(Map.of("pawl.oidc.role.claim", "https://pawl.example/roles"));
        assertEquals(
                Role.OPERATOR,
                verify(issuer.sign(claims(claims -> claims.claim("https://pawl.example/roles", List.of("ops")))))
                        .principal()
                        .role());
    }

    @Test
    void aTokenThatGivesNoRoleIsForbiddenAndSaysWhichClaimDecides() throws Exception {
        ProblemException refused =
                refusal(issuer.sign(claims(claims -> claims.claim("roles", List.of("staff", "OPS")))));
        assertEquals(ProblemCode.FORBIDDEN, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("its claim roles"), refused::getMessage);
    }

    @Test
    void tokensForOthersOfOthersOrOutOfTimeAreRefused() throws Exception {
        assertUnauthorized(issuer.sign(claims(claims -> claims.audience("other"))), "aud");
        assertUnauthorized(issuer.sign(claims(claims -> claims.audience((String) null))), "aud");
        assertUnauthorized(issuer.sign(claims(claims -> claims.issuer("http://127.0.0.1:1"))), "iss");
        assertUnauthorized(issuer.sign(claims(claims -> claims.subject(null))), "sub");
        assertUnauthorized(issuer.sign(claims(claims -> claims.expirationTime(null))), "exp");
        String expired = issuer.sign(
                claims(claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(61)))));
        assertUnauthorized(expired, "Expired");
        String early = issuer.sign(
                claims(claims -> claims.notBeforeTime(Date.from(clock.instant().plusSeconds(61)))));
        assertUnauthorized(early, "before");
    }

    @Test
    void onlyKeysOfTheIssuerSign() throws Exception {
        RSAKey foreign = new RSAKeyGenerator(2048).keyID("first").generate();
        assertUnauthorized(LocalIssuer.sign(claims(claims -> {}), foreign, JOSEObjectType.JWT), "signature");
        assertUnauthorized(new PlainJWT(claims(claims -> {})).serialize() + "x", "");
        var hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims(claims -> {}));
        hmac.sign(new MACSigner(issuer.rotate("first").toRSAPublicKey().getEncoded()));
        assertUnauthorized(hmac.serialize(), "");
        assertUnauthorized(
                LocalIssuer.sign(claims(claims -> {}), issuer.rotate("first"), new JOSEObjectType("logout+jwt")),
                "typ");
        ECKey elliptic = issuer.addElliptic("curve");
        verification.close();
        verification = verification(Map.of());
        assertEquals(
                "ann",
                verify(LocalIssuer.sign(claims(claims -> {}), elliptic))
                        .principal()
                        .name());
    }

    @Test
    void aNewKeyIsAskedForOnceAndMadeUpKeysCauseNoFlood() throws Exception {
        verify(issuer.sign(claims(claims -> {})));
        assertEquals(1, issuer.keyRequests());
        issuer.rotate("second");
        verify(issuer.sign(claims(claims -> {})));
        assertEquals(2, issuer.keyRequests());
        RSAKey foreign = new RSAKeyGenerator(2048).generate();
        for (int n = 0; n < 20; n++) {
            RSAKey madeUp = new RSAKey.Builder(foreign).keyID("made-up-" + n).build();
            assertUnauthorized(LocalIssuer.sign(claims(claims -> {}), madeUp, JOSEObjectType.JWT), "");
        }
        assertTrue(issuer.keyRequests() <= 3, () -> String.valueOf(issuer.keyRequests()));
    }

    @Test
    void aVerifiedTokenIsGoodForAMinuteWithoutAnotherCheckButNotLongerThanItself() throws Exception {
        String token = issuer.sign(
                claims(claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(30)))));
        verify(token);
        clock.advance(Duration.ofSeconds(29));
        assertTrue(verification.verify(token).toCompletableFuture().isDone(), "it needs no thread");
        clock.advance(Duration.ofSeconds(1));
        assertUnauthorized(token, "Expired");
    }

    @Test
    void anIssuerThatIsDownIsTriedAgainLaterAndLeavesKnownKeysValid() throws Exception {
        String token = issuer.sign(claims(claims -> {}));
        verify(token);
        issuer.fail(503);
        clock.advance(Duration.ofMinutes(2));
        assertEquals("ann", verify(token).principal().name());
        verification.close();
        verification = verification(Map.of());
        ProblemException refused = refusal(token);
        assertEquals(ProblemCode.ISSUER_UNAVAILABLE, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains(issuer.url()), refused::getMessage);
    }

    @Test
    void metadataOfAnotherIssuerIsNotBelieved() throws Exception {
        issuer.claimToBe("https://evil.example");
        ProblemException refused = refusal(issuer.sign(claims(claims -> {})));
        assertEquals(ProblemCode.ISSUER_UNAVAILABLE, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("https://evil.example"), refused::getMessage);
    }

    @Test
    void afterTheEndNothingIsVerified() throws Exception {
        String token = issuer.sign(claims(claims -> {}));
        verification.close();
        assertEquals(ProblemCode.SHUTTING_DOWN, refusal(token).code());
    }
}

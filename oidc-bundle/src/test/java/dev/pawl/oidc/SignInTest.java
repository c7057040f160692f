package dev.pawl.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.Base64URL;
import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.access.FinishedSignIn;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Signing in at an issuer over HTTP, and what a browser can try. */
final class SignInTest extends SigningInTest {

    @Test
    void aPersonComesBackWithACodeAndIsKnown() throws Exception {
        BegunSignIn begun = begin("/docs?x=1");
        assertTrue(begun.address().toString().startsWith(issuer.url() + "/authorize?"));
        Map<String, String> question = question(begun);
        assertEquals("code", question.get("response_type"));
        assertEquals("pawl", question.get("client_id"));
        assertEquals(
                "openid profile",
                String.join(
                        " ",
                        Arrays.stream(question.get("scope").split(" ")).sorted().toList()));
        assertEquals("https://pawl.example.org/session/oidc/callback", question.get("redirect_uri"));
        assertEquals("S256", question.get("code_challenge_method"));

        FinishedSignIn finished = finish(begun.ticket(), answer(begun, "session_state", "x", "iss", issuer.url()));
        assertEquals(new Principal("oidc:42", "ann", Role.OPERATOR), finished.principal());
        assertEquals("/docs?x=1", finished.returnTo());
        assertEquals("authorization_code", form.get("grant_type"));
        assertEquals("abc", form.get("code"));
        assertEquals("pawl", form.get("client_id"));
        assertEquals(question.get("redirect_uri"), form.get("redirect_uri"));
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(form.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
        assertEquals(question.get("code_challenge"), Base64URL.encode(hash).toString());
        assertEquals("null", authorization);
    }

    @Test
    void eachBeginningIsAnother() throws Exception {
        BegunSignIn first = begin("");
        BegunSignIn second = begin("");
        for (String random : List.of("state", "nonce", "code_challenge")) {
            assertNotEquals(question(first).get(random), question(second).get(random));
        }
        assertFalse(first.ticket().contains(question(first).get("state")), "a ticket can be read by nobody");
    }

    @Test
    void aBrowserIsSentToPathsOfThisServerOnly() throws Exception {
        for (String local : List.of("", "/", "/docs#x", "/jobs?q=a//b", "/" + "a".repeat(999))) {
            begin(local);
        }
        for (String other : List.of(
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "evil.example",
                "/a\r\nSet-Cookie: x",
                "/a\\b",
                "/\t/evil.example",
                "/" + "a".repeat(1_000),
                "javascript:alert(1)")) {
            ExecutionException refused = assertThrows(ExecutionException.class, () -> begin(other), other);
            assertEquals(ProblemCode.MALFORMED, ((ProblemException) refused.getCause()).code());
        }
    }

    @Test
    void anAnswerIsGoodOnceAndInItsBrowserAlone() throws Exception {
        BegunSignIn begun = begin("");
        BegunSignIn other = begin("");
        assertRefused(ProblemCode.SIGN_IN_FAILED, "did not begin it", "", answer(begun));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "did not begin it", "x".repeat(5_000), answer(begun));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "did not begin it", "no/base64", answer(begun));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(state)", other.ticket(), answer(begun));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(state)", begun.ticket(), Map.of("code", "abc"));
        char last = begun.ticket().charAt(20);
        String changed = begun.ticket().substring(0, 20)
                + (last == 'A' ? 'B' : 'A')
                + begun.ticket().substring(21);
        assertRefused(ProblemCode.SIGN_IN_FAILED, "did not begin it", changed, answer(begun));
        try (SignIn restarted = signIn(Map.of())) {
            assertThrows(ExecutionException.class, () -> restarted
                    .finish(begun.ticket(), answer(begun))
                    .toCompletableFuture()
                    .get());
        }

        nonce = question(begun).get("nonce");
        finish(begun.ticket(), answer(begun));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "finished before", begun.ticket(), answer(begun));
    }

    @Test
    void afterTenMinutesItIsTooLate() throws Exception {
        BegunSignIn begun = begin("");
        nanoTime.addAndGet(SignIn.VALID.toNanos());
        assertRefused(ProblemCode.SIGN_IN_FAILED, "10 minutes", begun.ticket(), answer(begun));
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefused() throws Exception {
        BegunSignIn begun = begin("");
        assertRefused(
                ProblemCode.SIGN_IN_FAILED, "(iss)", begun.ticket(), answer(begun, "iss", "https://evil.example"));
        issuer.describe(Map.of("authorization_response_iss_parameter_supported", true));
        signIn.close();
        signIn = signIn(Map.of());
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(iss)");
        assertEquals(Map.of(), form, "the code was given to nobody");
        BegunSignIn named = begin("");
        finish(named.ticket(), answer(named, "iss", issuer.url()));
    }

    @Test
    void aRefusalOfTheIssuerIsShown() throws Exception {
        BegunSignIn begun = begin("");
        assertRefused(
                ProblemCode.SIGN_IN_FAILED,
                "access_denied The person?<b>said no",
                begun.ticket(),
                answer(begun, "error", "access_denied", "error_description", "The person\n<b>said no"));
        BegunSignIn empty = begin("");
        assertRefused(
                ProblemCode.SIGN_IN_FAILED,
                "neither a code",
                empty.ticket(),
                Map.of("state", question(empty).get("state")));
    }

    @Test
    void anIdTokenOfAnotherSignInOrClientIsRefused() throws Exception {
        change = claims -> claims.claim("nonce", "another");
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(nonce)");
        change = claims -> claims.claim("nonce", null);
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(nonce)");
        change = claims -> claims.audience("other");
        assertRefused(ProblemCode.SIGN_IN_FAILED, "aud");
        change = claims -> claims.audience(List.of("pawl", "other"));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(azp)");
        change = claims -> claims.claim("azp", "other");
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(azp)");
        change = claims -> claims.claim("at_hash", "another");
        assertRefused(ProblemCode.SIGN_IN_FAILED, "(at_hash)");
        change = claims -> claims.issuer("https://evil.example");
        assertRefused(ProblemCode.SIGN_IN_FAILED, "iss");
        change = claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(61)));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "Expired");
    }
}

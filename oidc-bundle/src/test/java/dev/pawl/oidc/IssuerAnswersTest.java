package dev.pawl.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The answers of an issuer to a code: their ID tokens, and what else can be wrong with them. */
final class IssuerAnswersTest extends SigningInTest {

    @Test
    void theHashOfTheAccessTokenIsChecked() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(ACCESS_TOKEN.getBytes(StandardCharsets.US_ASCII));
        change = claims -> claims.claim(
                "at_hash", Base64URL.encode(Arrays.copyOf(hash, 16)).toString());
        BegunSignIn begun = begin("");
        finish(begun.ticket(), answer(begun));
    }

    @Test
    void anIdTokenWithoutASignatureOfTheIssuersKeyIsRefused() throws Exception {
        issuer.exchanging(exchange -> {
            note(exchange);
            issuer.answer(exchange, tokens(new PlainJWT(claims()).serialize()));
        });
        assertRefused(ProblemCode.SIGN_IN_FAILED, "not accepted");
        issuer.exchanging(exchange -> {
            note(exchange);
            issuer.answer(exchange, tokens(signedWithPublicKey()));
        });
        assertRefused(ProblemCode.SIGN_IN_FAILED, "not accepted");
    }

    private String signedWithPublicKey() {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(issuer.key().getKeyID())
                            .build(),
                    claims());
            token.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void somebodyWithoutARoleIsToldWhichClaimGivesOne() throws Exception {
        change = claims -> claims.claim("roles", "staff");
        assertRefused(ProblemCode.FORBIDDEN, "roles");
    }

    @Test
    void anIssuerThatGivesNoUsableAnswerIsUnavailable() throws Exception {
        issuer.exchanging(exchange -> issuer.answer(exchange, "[]"));
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, "no usable answer");
        issuer.exchanging(exchange -> issuer.answer(exchange, "{\"access_token\": \"x\"}"));
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, "no ID token");
        issuer.exchanging(exchange -> respond(exchange, 500, ""));
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, "500");
        issuer.exchanging(HttpExchange::close);
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, issuer.url() + "/token");
    }

    @Test
    void aRefusedCodeIsTheSignInsFault() throws Exception {
        issuer.exchanging(exchange -> respond(exchange, 400, "{\"error\": \"invalid_grant\"}"));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "invalid_grant");
        issuer.exchanging(exchange -> respond(exchange, 401, "{\"error\": \"invalid_client\"}"));
        assertRefused(ProblemCode.SIGN_IN_FAILED, "PAWL_OIDC_CLIENT_SECRET");
    }

    @Test
    void aRedirectOfTheTokenEndpointIsNotFollowed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        issuer.exchanging(exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Location", issuer.url() + "/token");
            respond(exchange, 307, "");
        });
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, "307");
        assertEquals(1, asked.get());
    }

    @Test
    void anAnswerWithoutAnEndIsCutOff() throws Exception {
        issuer.exchanging(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] piece = new byte[1 << 20];
                Arrays.fill(piece, (byte) ' ');
                for (int i = 0; i < 100; i++) {
                    out.write(piece);
                }
            }
        });
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, "more than 262144 bytes");
    }

    @Test
    void anIssuerThatHangsKeepsNobodyForLong() throws Exception {
        var end = new CountDownLatch(1);
        issuer.exchanging(exchange -> {
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, "timed out");
        end.countDown();
    }

    @Test
    void aClientProvesItselfByItsSecret() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "s:1 %\n");
        signIn.close();
        signIn = signIn(Map.of("pawl.oidc.client.secret.file", secret.toString()));
        BegunSignIn basic = begin("");
        finish(basic.ticket(), answer(basic));
        assertEquals(
                "Basic " + Base64.getEncoder().encodeToString("pawl:s%3A1+%25".getBytes(StandardCharsets.US_ASCII)),
                authorization);
        assertFalse(form.containsKey("client_secret"));

        issuer.describe(Map.of("token_endpoint_auth_methods_supported", List.of("client_secret_post")));
        signIn.close();
        signIn = signIn(Map.of("pawl.oidc.client.secret", "hidden"));
        BegunSignIn posted = begin("");
        finish(posted.ticket(), answer(posted));
        assertEquals("hidden", form.get("client_secret"));

        Files.delete(secret);
        signIn.close();
        signIn = signIn(Map.of("pawl.oidc.client.secret.file", secret.toString()));
        assertRefused(ProblemCode.ISSUER_UNAVAILABLE, "secret");
    }

    @Test
    void anIssuerThatIsDownOrCannotSignInIsSaidSo() throws Exception {
        Map<String, Object> nowhere = new HashMap<>();
        nowhere.put("authorization_endpoint", null);
        issuer.describe(nowhere);
        ExecutionException refused = assertThrows(ExecutionException.class, () -> begin(""));
        assertEquals(ProblemCode.ISSUER_UNAVAILABLE, ((ProblemException) refused.getCause()).code());
        assertTrue(String.valueOf(refused.getMessage()).contains("authorization_endpoint"));
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

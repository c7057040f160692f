package dev.pawl.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.access.FinishedSignIn;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in at an issuer over HTTP, and what can be tried against it. */
final class SignInTest {

    private static final String ACCESS_TOKEN = "an-access-token";

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);
    private LocalIssuer issuer;
    private SignIn signIn;
    private volatile Map<String, String> form = Map.of();
    private volatile String authorization = "";
    private String nonce = "";
    private Consumer<JWTClaimsSet.Builder> change = claims -> {};

    @BeforeEach
    void start() throws Exception {
        issuer = new LocalIssuer();
        issuer.exchanging(exchange -> {
            note(exchange);
            issuer.answer(exchange, tokens(signed(claims())));
        });
        signIn = signIn(Map.of());
    }

    @AfterEach
    void stop() {
        signIn.close();
        issuer.close();
    }

    private SignIn signIn(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "pawl.oidc.issuer",
                issuer.url(),
                "pawl.oidc.client.id",
                "pawl",
                "pawl.public.url",
                "https://pawl.example.org/",
                "pawl.oidc.roles",
                "ops=operator"));
        properties.putAll(more);
        return new SignIn(
                new Issuer(OidcSettings.read(properties::get).orElseThrow()),
                SignInSettings.read(properties::get).orElseThrow(),
                clock,
                nanoTime::get);
    }

    private JWTClaimsSet claims() {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer.url())
                .audience("pawl")
                .subject("42")
                .claim("nonce", nonce)
                .claim("preferred_username", "ann")
                .claim("roles", "ops")
                .expirationTime(Date.from(clock.instant().plusSeconds(300)));
        change.accept(claims);
        return claims.build();
    }

    private String signed(JWTClaimsSet claims) {
        try {
            return issuer.sign(claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String tokens(String idToken) {
        return JSONObjectUtils.toJSONString(
                Map.of("id_token", idToken, "access_token", ACCESS_TOKEN, "token_type", "Bearer"));
    }

    private void note(HttpExchange exchange) throws IOException {
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> fields(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private BegunSignIn begin(String returnTo) throws Exception {
        BegunSignIn begun = signIn.begin(returnTo).toCompletableFuture().get(30, TimeUnit.SECONDS);
        nonce = question(begun).get("nonce");
        return begun;
    }

    private static Map<String, String> question(BegunSignIn begun) {
        return fields(begun.address().getRawQuery());
    }

    private Map<String, String> answer(BegunSignIn begun, String... more) {
        Map<String, String> answer =
                new HashMap<>(Map.of("code", "abc", "state", question(begun).get("state")));
        for (int i = 0; i < more.length; i += 2) {
            answer.put(more[i], more[i + 1]);
        }
        return answer;
    }

    private FinishedSignIn finish(String ticket, Map<String, String> answer) throws Exception {
        return signIn.finish(ticket, answer).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void assertRefused(ProblemCode code, String because, String ticket, Map<String, String> answer) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> finish(ticket, answer));
        ProblemException problem = (ProblemException) FutureFailure.cause(new CompletionException(failed.getCause()));
        assertEquals(code, problem.code(), problem::getMessage);
        assertTrue(String.valueOf(problem.getMessage()).contains(because), problem::getMessage);
    }

    private void assertRefused(ProblemCode code, String because) throws Exception {
        BegunSignIn begun = begin("");
        assertRefused(code, because, begun.ticket(), answer(begun));
    }

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

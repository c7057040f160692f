package dev.pawl.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.access.FinishedSignIn;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An issuer over HTTP at which people sign in, and the parts of an answer that a test can change. */
abstract class SigningInTest {

    static final String ACCESS_TOKEN = "an-access-token";

    @TempDir
    Path folder;

    final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);
    LocalIssuer issuer;
    SignIn signIn;
    volatile Map<String, String> form = Map.of();
    volatile String authorization = "";
    String nonce = "";
    Consumer<JWTClaimsSet.Builder> change = claims -> {};

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

    SignIn signIn(Map<String, String> more) {
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

    JWTClaimsSet claims() {
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

    String signed(JWTClaimsSet claims) {
        try {
            return issuer.sign(claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String tokens(String idToken) {
        return JSONObjectUtils.toJSONString(
                Map.of("id_token", idToken, "access_token", ACCESS_TOKEN, "token_type", "Bearer"));
    }

    void note(HttpExchange exchange) throws IOException {
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    static Map<String, String> fields(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    BegunSignIn begin(String returnTo) throws Exception {
        BegunSignIn begun = signIn.begin(returnTo).toCompletableFuture().get(30, TimeUnit.SECONDS);
        nonce = question(begun).get("nonce");
        return begun;
    }

    static Map<String, String> question(BegunSignIn begun) {
        return fields(begun.address().getRawQuery());
    }

    Map<String, String> answer(BegunSignIn begun, String... more) {
        Map<String, String> answer =
                new HashMap<>(Map.of("code", "abc", "state", question(begun).get("state")));
        for (int i = 0; i < more.length; i += 2) {
            answer.put(more[i], more[i + 1]);
        }
        return answer;
    }

    FinishedSignIn finish(String ticket, Map<String, String> answer) throws Exception {
        return signIn.finish(ticket, answer).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    void assertRefused(ProblemCode code, String because, String ticket, Map<String, String> answer) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> finish(ticket, answer));
        ProblemException problem = (ProblemException) FutureFailure.cause(new CompletionException(failed.getCause()));
        assertEquals(code, problem.code(), problem::getMessage);
        assertTrue(String.valueOf(problem.getMessage()).contains(because), problem::getMessage);
    }

    void assertRefused(ProblemCode code, String because) throws Exception {
        BegunSignIn begun = begin("");
        assertRefused(code, because, begun.ticket(), answer(begun));
    }
}

package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.fetch.FetchRequest;
import dev.pawl.service.fetch.Fetched;
import dev.pawl.service.fetch.ProxyFetch;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The route for requests through the proxy. */
final class ProxyFetchIT {

    private static final String SOMEWHERE = "{\"url\": \"https://example.com/\"}";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void withoutTheBundleThatMakesThemItSaysWhatIsMissing() throws Exception {
        assertEquals(
                "The part ProxyFetch of the server is not available at this moment.",
                problem(503, "PAWL-603", server.send("POST", "/proxy-fetch", SOMEWHERE)));
    }

    @Test
    void theFieldsOfARequestArriveAndWhatCameOfItComesBack() throws Exception {
        AtomicReference<FetchRequest> asked = new AtomicReference<>();
        server.register(ProxyFetch.class, request -> {
            asked.set(request);
            return CompletableFuture.completedFuture(Fetched.failed("The host is not known."));
        });
        try {
            Map<?, ?> fetched = ok(server.send(
                    "POST",
                    "/proxy-fetch",
                    "{\"url\": \"https://example.com/\", \"method\": \"POST\", \"headers\": {\"X\": \"1\"}, \"body\": \"b\","
                            + " \"timeout\": 30, \"browser_mode\": true, \"session_id\": \"s\", \"geo\": \"us\"}"));
            assertEquals(false, fetched.get("success"));
            assertEquals(0, fetched.get("status_code"));
            assertEquals("", fetched.get("content"));
            assertEquals(Map.of(), fetched.get("headers"));
            assertEquals("The host is not known.", fetched.get("error"));
            assertEquals(
                    new FetchRequest(
                            "https://example.com/",
                            "POST",
                            Map.of("X", "1"),
                            "b",
                            Duration.ofSeconds(30),
                            true,
                            "s",
                            "us"),
                    asked.get());

            ok(server.send("POST", "/proxy-fetch", SOMEWHERE));
            assertEquals(
                    new FetchRequest(
                            "https://example.com/", "GET", Map.of(), null, Duration.ofMinutes(1), false, null, null),
                    asked.get());
        } finally {
            server.unregister(ProxyFetch.class);
        }
    }

    @Test
    void wrongFieldsAreNamedAndWhatTheServiceRefusesIsAProblem() throws Exception {
        server.register(ProxyFetch.class, request -> {
            throw new ProblemException(ProblemCode.PROXY_OFF, "Requests through a proxy are off: no host is allowed.");
        });
        try {
            assertTrue(problem(400, "PAWL-300", server.send("POST", "/proxy-fetch", "{}"))
                    .contains("url is missing"));
            assertTrue(problem(
                            400,
                            "PAWL-300",
                            server.send("POST", "/proxy-fetch", "{\"url\": \"https://a/\", \"headers\": {\"X\": 1}}"))
                    .contains("headers.X is no text"));
            assertTrue(problem(
                            400,
                            "PAWL-300",
                            server.send("POST", "/proxy-fetch", "{\"url\": \"https://a/\", \"timeout\": 3600}"))
                    .contains("timeout is 3600000 ms; it takes 0.1 to 300 seconds."));
            assertTrue(problem(409, "PAWL-520", server.send("POST", "/proxy-fetch", SOMEWHERE))
                    .contains("no host is allowed"));
        } finally {
            server.unregister(ProxyFetch.class);
        }
    }
}

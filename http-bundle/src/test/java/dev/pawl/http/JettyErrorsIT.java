package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Jetty refuses by itself, and what no route takes. */
final class JettyErrorsIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    static int port;

    @BeforeAll
    static void start() throws Exception {
        port = server.url().getPort();
    }

    @Test
    void unknownPathsAreProblems() throws Exception {
        assertTrue(Answers.problem(404, "PAWL-301", server.get("/nothing")).contains("/nothing"));
        Answers.problem(404, "PAWL-301", server.get("/"));
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws Exception {
        var answer = server.send("PUT", "/jobs", "{}");
        assertTrue(Answers.problem(405, "PAWL-302", answer).contains("GET, HEAD, OPTIONS, POST"));
        assertEquals(
                "GET, HEAD, OPTIONS, POST", answer.headers().firstValue("Allow").orElse(""));
        assertEquals(405, server.send("BREW", "/jobs", "").statusCode());
        assertEquals(405, server.send("TRACE", "/jobs", "").statusCode());
    }

    @Test
    void aHeadHasNoBody() throws Exception {
        var answer = server.send("HEAD", "/docs", "");
        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
    }

    @Test
    void aRequestThatIsNoHttpIsAProblem() throws Exception {
        assertProblem(400, Raw.exchange(port, "GARBAGE\r\n\r\n"));
    }

    @Test
    void aRequestWithoutAHostIsAProblem() throws Exception {
        assertProblem(400, Raw.get(port, "/status", ""));
    }

    @Test
    void aHeaderThatIsTooLongIsAProblem() throws Exception {
        String header = "Host: localhost:" + port + "\r\nX-Long: " + "x".repeat(100_000) + "\r\n";
        assertProblem(431, Raw.get(port, "/status", header));
    }

    @Test
    void anAmbiguousPathIsAProblem() throws Exception {
        assertProblem(400, Raw.get(port, "/data/a%2Fb/c", "Host: localhost:" + port + "\r\n"));
        assertProblem(400, Raw.get(port, "/%zz", "Host: localhost:" + port + "\r\n"));
    }

    @Test
    void aChunkedBodyThatIsBrokenIsAProblem() throws Exception {
        String request = "POST /jobs HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                + "Authorization: Bearer " + server.token() + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
        assertProblem(400, Raw.exchange(port, request));
    }

    @Test
    void aServerWhoseSettingsAreWrongServesNothing() throws Exception {
        Path empty = data.resolve("alone");
        try (TestServer alone = TestServer.alone(empty, Map.of("pawl.auth", "wrong"))) {
            alone.registerAll();
            int bare = TestServer.port(alone);
            String answer = Raw.get(bare, "/status", "Host: localhost:" + bare + "\r\n");
            assertProblem(503, answer);
        }
    }

    private static void assertProblem(int status, String answer) {
        assertEquals(status, Raw.status(answer), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        Map<?, ?> problem = Answers.object(Raw.body(answer));
        assertEquals(status, problem.get("status"));
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("jetty"), answer);
    }
}

package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that Jetty itself refuses, and requests without a route. */
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
        Answers.problem(404, "PAWL-301", server.get("/nowhere"));
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
    void theWholeServerIsAskedForItsMethods() throws Exception {
        String request = "OPTIONS * HTTP/1.1\r\nConnection: close\r\nHost: localhost:" + port + "\r\n\r\n";
        String answer = Raw.exchange(port, request);
        assertEquals(204, Raw.status(answer), answer);
        assertTrue(answer.contains("Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"), answer);
    }

    @Test
    void aChunkSizeWithAQuotedExtensionSmugglesNoRequest() throws Exception {
        String request = "POST /jobs HTTP/1.1\r\nHost: localhost:" + port + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1;a=\"\r\nX\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nConnection: close\r\n\r\n\"\r\n0\r\n\r\n";
        assertFalse(Raw.exchange(port, request).contains("smuggled"));
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
        int free = TestServer.freePort();
        Map<String, String> settings = Map.of("pawl.auth", "wrong", "pawl.api.port", Integer.toString(free));
        try (TestServer alone = TestServer.alone(empty, settings)) {
            alone.registerAll();
            assertThrows(ConnectException.class, () -> Raw.get(free, "/status", ""));
        }
    }

    private static void assertProblem(int status, String answer) {
        assertEquals(status, Raw.status(answer), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        Map<?, ?> problem = Answers.object(Raw.body(answer));
        assertEquals(status, problem.get("status"));
        assertTrue(answer.contains("nosniff") && answer.contains("Content-Security-Policy"), answer);
        assertTrue(answer.contains("\r\nX-Request-Id: "), answer);
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("jetty"), answer);
    }
}

package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.metric.MetricsPage;
import dev.pawl.service.worker.DrainState;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health on a listener of its own. */
final class HealthIT {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    @TempDir
    Path data;

    private TestServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = TestServer.freePort();
        server =
                TestServer.start(data, Map.of("pawl.health.port", Integer.toString(port), "pawl.health.metrics", "on"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(path, "");
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LONGEST); // a connection that is accepted in the moment of the stop is closed with the process
        // only
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return server.client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void itAnswersHealthAndNothingElse() throws Exception {
        assertEquals("online", ok(get("/status/health")).get("status"));
        assertEquals(404, get("/jobs").statusCode());
        assertEquals(404, get("/docs").statusCode());
    }

    @Test
    void theMeasurementsTakeATokenThereToo() throws Exception {
        server.register(MetricsPage.class, accept -> new MetricsPage.Page("text/plain", "pawl_up 1\n"));
        assertEquals(401, get("/metrics").statusCode());
        assertEquals("pawl_up 1\n", get("/metrics", server.token()).body());
    }

    @Test
    void aServerThatCanTakeNoJobsIsLiveButNotReady() throws Exception {
        server.unregister(Deployer.class);
        assertEquals(503, get("/status/health").statusCode());
        Map<?, ?> live = ok(get("/status/health?check=live"));
        assertEquals(true, live.get("live"));
        assertEquals(false, live.get("ready"));
        assertTrue(String.valueOf(live.get("trouble")).contains("Deployer"), live.toString());
        server.register(Deployer.class, server.deployer);
        assertEquals(200, get("/status/health").statusCode());
    }

    @Test
    void aServerThatIsDrainedIsLiveButNotReady() throws Exception {
        server.workers.drainHere = DrainState.DRAINING;
        HttpResponse<String> ready = get("/status/health");
        assertEquals(503, ready.statusCode());
        assertTrue(ready.body().contains("PAWL-607"), ready.body());
        assertEquals(true, ok(get("/status/health?check=live")).get("draining"));
        server.workers.drainHere = null;
        assertEquals(200, get("/status/health").statusCode());
    }

    @Test
    void aServerThatStopsSaysSoUntilItsEnd() throws Exception {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            String half = "POST /jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + server.token()
                    + "\r\nContent-Length: 1000\r\n\r\n{";
            client.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            server.get("/status/health"); // by then the half has been read
            server.context().getBundle(0).stop(); // waits for the half request, for seconds
            Eventually.eventually("draining", () -> {
                HttpResponse<String> ready = get("/status/health");
                return ready.statusCode() == 503 && ready.body().contains("PAWL-601");
            });
            assertEquals(true, ok(get("/status/health?check=live")).get("draining"));
        }
        Eventually.eventually("the end", () -> {
            assertThrows(ConnectException.class, () -> get("/status/health"));
            return true;
        });
    }
}

package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.worker.Workers;
import dev.pawl.testkit.Eventually;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcement of the server once it is ready, and its answers while parts of it are missing. */
final class ReadyIT {

    private static final Map<String, Object> ONLINE =
            Map.of("status", "online", "live", true, "ready", true, "draining", false);

    @TempDir
    Path data;

    @Test
    void theServerIsAnnouncedWhileItTakesJobs() throws Exception {
        try (TestServer server = TestServer.alone(data, Map.of())) {
            assertEquals(Optional.empty(), server.announced());
            server.register(Scheduler.class, server.scheduler);
            assertEquals(Optional.empty(), server.announced());
            server.register(ModuleCatalog.class, server.catalog);
            URI url = Eventually.eventuallyFind("the server is ready", server::announced);
            assertEquals("127.0.0.1", url.getHost());
            assertTrue(url.getPort() > 0, url.toString());
            HttpRequest.Builder health = HttpRequest.newBuilder(url.resolve("/status/health"));
            assertTrue(problem(503, "PAWL-603", server.send(health)).contains("Deployer"));
            server.register(Deployer.class, server.deployer);
            assertEquals(ONLINE, ok(server.send(health)));

            server.unregister(ModuleCatalog.class);
            assertEquals(Optional.empty(), server.announced());
            assertTrue(problem(503, "PAWL-603", server.send(health)).contains("ModuleCatalog"));
        }
    }

    @Test
    void untilTheServerTakesJobsConnectionsAreRefused() throws Exception {
        int port = TestServer.freePort();
        try (TestServer server = TestServer.alone(data, Map.of("pawl.api.port", Integer.toString(port)))) {
            server.register(Scheduler.class, server.scheduler);
            assertThrows(ConnectException.class, () -> Raw.get(port, "/queue", ""));
            server.registerAll();
            Eventually.eventuallyFind("the server is ready", server::announced);
            String answer = Raw.get(port, "/nothing", "Host: localhost:" + port + "\r\n");
            assertEquals(404, Raw.status(answer), answer);
        }
        assertThrows(ConnectException.class, () -> Raw.get(port, "/queue", ""));
    }

    @Test
    void theQueueSaysThatItStandsStillWhileAPartIsAway() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            server.unregister(JobQueue.class);
            HttpResponse<String> answer = server.get("/queue");
            assertEquals(503, answer.statusCode());
            Map<?, ?> problem = Answers.object(answer.body());
            assertEquals(Map.of("disabled", true), problem.get("attributes"));
            assertEquals("PAWL-603", problem.get("code"));
        }
    }

    @Test
    void aPollWithoutANameFindsNothingWhileAPartIsAway() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            server.unregister(Workers.class);
            String said = problem(404, "PAWL-116", server.get("/queue/poll"));
            assertTrue(said.contains("No job is available now: ") && said.contains("Workers"), said);
            problem(503, "PAWL-603", server.get("/queue/poll?worker_id=w1"));
        }
    }

    @Test
    void aPartThatWentAwayIsNamedAndComesBack() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            server.unregister(Scheduler.class);
            HttpResponse<String> answer = server.send("POST", "/jobs", "{\"module_id\": \"hello\"}");
            assertTrue(problem(503, "PAWL-603", answer).contains("Scheduler"));
            assertEquals(Optional.of("1"), answer.headers().firstValue("Retry-After"));
            server.register(Scheduler.class, server.scheduler);
            ok(server.send("POST", "/jobs", "{\"module_id\": \"hello\"}"));
        }
    }

    @Test
    void theStatusAndTheConfigurationAreShown() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            Map<?, ?> status = ok(server.get("/status"));
            assertEquals("running", status.get("status"));
            assertEquals("2h 15m", status.get("uptime"));
            assertEquals(1, status.get("module_count"));
            assertEquals("9.9.9", status.get("version"));
            assertEquals(Map.of("pending", 0, "running", 0, "slots", 16, "disabled", false), status.get("queue"));
            Map<?, ?> config = ok(server.get("/status/config"));
            assertEquals("9.9.9", config.get("version"));
            assertEquals("2h 15m", config.get("uptime"));
            assertEquals(data.toString(), config.get("data_dir"));
            assertEquals("********", config.get("secret_key"));
        }
    }

    @Test
    void theDocumentationComesFromTheTable() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            String page = server.get("/doc/").body();
            assertEquals(page, server.get("/docs").body());
            assertTrue(page.contains("/jobs/{id}/logs/stream") && page.contains("PAWL-101"));
            assertFalse(page.contains("src=") || page.contains("@import") || page.contains("url("));
            Map<?, ?> api = ok(server.get("/openapi.json"));
            assertEquals("3.1.0", api.get("openapi"));
            Map<?, ?> paths = (Map<?, ?>) api.get("paths");
            assertEquals(
                    RoutesTest.all().stream()
                            .map(route -> route.template())
                            .distinct()
                            .count(),
                    paths.size());
        }
    }

    @Test
    void withoutTokensTheServerTakesLoopbackAlone() throws Exception {
        try (TestServer server = TestServer.start(data, Map.of("pawl.auth", "off"))) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve("/status"));
            assertEquals(200, server.send(request).statusCode());
            assertFalse(Files.exists(data.resolve("admin.token")));
        }
        int port = TestServer.freePort();
        assertNeverOpen(
                port, Map.of("pawl.auth", "off", "pawl.api.host", "0.0.0.0", "pawl.api.port", Integer.toString(port)));
    }

    private void assertNeverOpen(int port, Map<String, String> settings) throws Exception {
        try (TestServer server = TestServer.alone(data.resolve("open"), settings)) {
            server.registerAll();
            assertEquals(Optional.empty(), server.announced());
            assertThrows(ConnectException.class, () -> Raw.get(port, "/status", ""));
        }
    }

    @Test
    void theServerListensOnAnAddressOfTheSixthVersion() throws Exception {
        try (TestServer server = TestServer.start(data, Map.of("pawl.api.host", "::1"))) {
            assertEquals("[::1]", server.url().getHost());
            HttpRequest.Builder health = HttpRequest.newBuilder(server.url().resolve("/status/health"));
            assertEquals(ONLINE, ok(server.send(health)));
        }
    }
}

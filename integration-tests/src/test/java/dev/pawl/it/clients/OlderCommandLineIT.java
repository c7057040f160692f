package dev.pawl.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.clients.Wire.Response;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The requests of the older engine's command line to the real distribution, with the fields that it and its users' scripts read. */
class OlderCommandLineIT {

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;
    private static Wire wire;

    @BeforeAll
    static void startTheServer() {
        server = Server.start(
                folder.resolve("data"), Path.of(System.getProperty("java.home")), Map.of("PAWL_AUTH", "off"));
        api = server.api();
        wire = Wire.to(server.url(), Library.HTTPX);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    private static String run(String inputs, String more) throws IOException {
        JsonNode started = wire.send(
                        "POST",
                        "/jobs",
                        "{\"module_id\": \"hello\", \"inputs\": " + inputs + ", \"settings\": {}" + more + "}")
                .expect(200);
        assertTrue(List.of("pending", "running").contains(started.get("status").asText()), started::toString);
        return started.get("id").asText();
    }

    private static List<String> texts(JsonNode rows, String field) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.get(field).asText()));
        return texts;
    }

    @ParameterizedTest
    @EnumSource
    void whateverLibraryWritesARequestItIsTaken(Library library) throws Exception {
        Wire each = Wire.to(server.url(), library);
        JsonNode status = each.get("/status").expect(200);
        assertEquals("running", status.get("status").asText());
        assertTrue(
                status.get("uptime").isTextual() && status.get("module_count").asInt() == 2, status::toString);
        JsonNode started = each.send("POST", "/jobs", "{\"module_id\": \"hello\", \"inputs\": {\"name\": \"\\u00bd\"}}")
                .expect(200);
        String id = started.get("id").asText();
        api.awaitEnd(id);
        assertEquals("Hello, ½!", api.results(id).get(0).get("greeting").asText());
        assertEquals(404, each.send("POST", "/jobs/" + id + "/stop", null).status());
        assertEquals(204, each.send("DELETE", "/jobs/" + id, null).status());
    }

    @Test
    void aJobIsStartedByTextsAndFoundByTheBeginningOfItsId() throws Exception {
        String id = run("{\"name\": \"World\", \"count\": \"2\"}", ", \"max_duration\": \"30m\"");
        api.awaitEnd(id);
        String prefix = id.substring(0, 8);
        JsonNode logs = wire.get("/jobs/" + prefix + "/logs").expect(200).get("logs");
        assertEquals(List.of("Hello, World! (1/2)", "Hello, World! (2/2)"), texts(logs, "message"));
        assertEquals(List.of("INFO", "INFO"), texts(logs, "level"));
        assertEquals(texts(logs, "sequence"), texts(logs, "id"));
        assertEquals(texts(logs, "timestamp"), texts(logs, "created_at"));

        JsonNode results = wire.get("/jobs/" + prefix + "/results").expect(200);
        assertEquals(2, results.get("total").asInt());
        JsonNode rows = results.get("results");
        assertEquals("Hello, World!", rows.at("/0/data/greeting").asText());
        assertEquals(texts(rows, "sequence"), texts(rows, "id"));
        assertEquals(texts(rows, "timestamp"), texts(rows, "created_at"));
        assertEquals(
                "completed", wire.get("/jobs/" + id).expect(200).get("status").asText());
    }

    @Test
    void aRunningJobIsListedFollowedAndStopped() throws Exception {
        String id = run("{\"name\": \"Slow\", \"count\": \"10000\", \"delay_ms\": \"20\"}", "");
        Eventually.eventually("it runs", () -> api.status(id).equals("running"));
        JsonNode running = wire.get("/status").expect(200).at("/jobs/0");
        assertEquals(id, running.get("id").asText());
        assertEquals("hello", running.get("module").asText());
        assertEquals("running", running.get("status").asText());
        assertTrue(running.get("started_at").isTextual());
        try (LogFollower follower = new LogFollower(server.url(), id.substring(0, 8))) {
            follower.readALine(); // until then the follower may not be registered yet
            JsonNode stopped = wire.send("POST", "/jobs/" + id.substring(0, 8) + "/stop", null)
                    .expect(200);
            assertEquals("stopped", stopped.get("status").asText());
            assertEquals(id, stopped.get("job_id").asText());
            assertEquals(1_000, follower.readToTheEnd());
            List<String> messages = follower.messages();
            assertEquals("Stop requested.", messages.get(messages.size() - 1));
        }
        Response again = wire.send("POST", "/jobs/" + id + "/stop", null);
        assertTrue(again.expect(404).get("detail").isTextual());
    }

    @Test
    void anUnknownJobClosesTheFollowersStream() throws Exception {
        try (LogFollower follower = new LogFollower(server.url(), "00000000")) {
            assertEquals(4_004, follower.readToTheEnd());
        }
    }

    @ParameterizedTest
    @CsvSource({"/jobs,1000", "/jobs?limit=100000,1000", "/queue?limit=1000000,10000", "/jobs?limit=5,5"})
    void aLimitAboveTheMostCountsAsTheMost(String path, int limit) throws Exception {
        assertEquals(limit, wire.get(path).expect(200).get("limit").asInt());
    }

    @Test
    void aModuleIsListedShownUninstalledInstalledFromItsFolderAndLookedForAgain() throws Exception {
        JsonNode listed = wire.get("/modules").expect(200).get("modules");
        assertEquals(List.of("cleanup", "hello"), texts(listed, "id"));
        assertEquals(List.of("Cleanup", "Hello World"), texts(listed, "name"));
        assertTrue(listed.at("/1/capabilities").isArray()
                && listed.at("/1/version").isTextual());
        JsonNode shown = wire.get("/modules/hello").expect(200);
        assertEquals("dev.pawl.hello", shown.get("entrypoint").asText());
        assertEquals(shippedHello().getFileName().toString(), shown.get("path").asText());
        assertTrue(shown.get("installed_at").asText().endsWith("+00:00"), shown::toString);

        JsonNode gone = wire.send("DELETE", "/modules/hello", null).expect(200);
        assertEquals("uninstalled", gone.get("status").asText());
        assertEquals("hello", gone.get("module_id").asText());
        assertEquals(404, wire.send("DELETE", "/modules/hello", null).status());
        Response refused = wire.send("POST", "/jobs", "{\"module_id\": \"hello\", \"inputs\": {}, \"settings\": {}}");
        assertTrue(refused.expect(400).get("detail").asText().contains("no module \"hello\""));

        Path module = Files.createDirectories(folder.resolve("module/target")).getParent();
        Files.writeString(module.resolve("module.json"), "{\"id\": \"hello\", \"entrypoint\": \"main.py\"}");
        Path jar = shippedHello();
        Files.copy(jar, module.resolve("target").resolve(jar.getFileName()));
        JsonNode installed = wire.send("POST", "/modules/install", "{\"source_path\": \"" + module + "\"}")
                .expect(200);
        assertEquals("hello", installed.get("id").asText());
        assertEquals("Hello World", installed.get("name").asText());
        assertTrue(installed.get("version").isTextual());

        JsonNode reloaded = wire.send("POST", "/modules/reload", null).expect(200);
        assertEquals("reloaded", reloaded.get("status").asText());
        assertEquals(2, reloaded.get("modules_found").asInt());
        assertEquals(List.of("cleanup", "hello"), texts(reloaded.get("modules"), "id"));
    }

    private static Path shippedHello() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(System.getProperty("pawl.distribution"), "modules"))) {
            return modules.filter(jar -> jar.getFileName().toString().startsWith("hello-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatMayNotBeFetchedSaysSoInASentence() throws Exception {
        String body = "{\"repo_url\": \"https://example.org/x\", \"module_name\": \"y\"}";
        JsonNode refused = wire.send("POST", "/modules/install-git", body).expect(403);
        assertTrue(refused.get("detail").asText().contains("PAWL_MODULE_HOSTS names no host"), refused::toString);
        JsonNode missing = wire.send("POST", "/modules/sync", null).expect(400);
        assertTrue(missing.get("detail").asText().contains("modules.yaml is not there"), missing::toString);
    }
}

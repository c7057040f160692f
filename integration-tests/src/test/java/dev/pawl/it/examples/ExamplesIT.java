package dev.pawl.it.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.examples.SideBySideExample;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the real distribution, started as their comments say. */
class ExamplesIT {

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;

    @BeforeAll
    static void installTheExamples() throws Exception {
        server = Server.start(folder.resolve("data"));
        api = server.api();
        api.upload(examples(), "").expect(200);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    /** The built bundle of the examples. */
    private static Path examples() throws Exception {
        return Path.of(SideBySideExample.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static String start(Map<String, ?> request) {
        return api.post("/jobs", request).expect(200).get("id").asText();
    }

    @Test
    void everyExampleIsThere() {
        long modules = Stream.of(
                        "retry",
                        "unique-key",
                        "priority",
                        "several-tasks",
                        "checkpoint",
                        "migration",
                        "settings",
                        "data",
                        "progress",
                        "cancellation",
                        "embedded-library",
                        "side-by-side")
                .filter(name -> api.get("/modules/example-" + name).status() == 200)
                .count();
        assertEquals(12, modules);
    }

    @Test
    void retry() {
        String job =
                start(Map.of("module_id", "example-retry", "retry", Map.of("max_attempts", 3, "backoff", "100ms")));

        JsonNode ended = api.awaitEnd(job);

        assertEquals("completed", ended.get("status").asText(), ended::toString);
        assertEquals(3, ended.get("runs").size());
        assertEquals(3, api.results(job).get(0).get("succeeded_in_run").asInt());
    }

    @Test
    void uniqueKey() {
        Map<String, ?> request =
                Map.of("module_id", "example-unique-key", "inputs", Map.of("account", 42), "unique_key", "account-42");

        String first = start(request);
        String second = start(request);

        assertEquals(first, second);
        api.awaitEnd(first);
        assertNotEquals(first, start(request), "the key was not free after the end of the job");
    }

    @Test
    void priority() {
        api.start("example-priority", Map.of());
        String ordinary = api.start("example-priority", Map.of());
        String urgent =
                start(Map.of("module_id", "example-priority", "inputs", Map.of("name", "urgent"), "priority", 100));

        assertTrue(
                startOf(api.awaitEnd(urgent)).compareTo(startOf(api.awaitEnd(ordinary))) < 0,
                "the urgent job was not first");
    }

    private static String startOf(JsonNode job) {
        return job.get("started_at").asText();
    }

    @Test
    void severalTasks() {
        String job = start(Map.of(
                "job_title",
                "write and read",
                "tasks",
                List.of(
                        Map.of("module", "example-several-tasks", "data", Map.of("step", "write")),
                        Map.of("module", "example-several-tasks", "data", Map.of("step", "read")))));

        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        assertEquals("by task 0", api.results(job).get(0).get("written").asText());
    }

    @Test
    void embeddedLibrary() {
        String job = api.start("example-embedded-library", Map.of("html", "<a href='/there'>there</a>"));

        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        assertEquals("/there", api.results(job).get(0).get("address").asText());
    }

    @Test
    void cancellation() {
        String job = api.start("example-cancellation", Map.of());
        Eventually.eventually("it runs", () -> api.status(job).equals("running"));

        api.post("/jobs/" + job + "/stop", Map.of()).expect(200);

        assertEquals("stopped", api.awaitEnd(job).get("status").asText());
        Eventually.eventually("it was cleaned up", () -> lines(job).contains("Releases its resource"));
    }

    private static String lines(String job) {
        return api.get("/jobs/" + job + "/logs").expect(200).toString();
    }

    @Test
    void twoVersionsSideBySide() {
        String old = api.start("example-side-by-side", Map.of("steps", 100, "pause_ms", 20));
        Eventually.eventually("it runs", () -> !api.results(old).isEmpty());
        Path update = ModuleJar.of(
                SideBySideExample.class, "2.0.0", folder, Map.of("Import-Package", "*;resolution:=optional"));

        api.upload(update, "?mode=finish").expect(200);
        String young = api.start("example-side-by-side", Map.of());

        api.awaitEnd(young);
        api.awaitEnd(old);
        assertTrue(
                api.results(young).stream().allMatch(result -> version(result).equals("2.0.0")));
        assertTrue(api.results(old).stream().noneMatch(result -> version(result).equals("2.0.0")));
        assertEquals(100, api.results(old).size());
    }

    private static String version(JsonNode result) {
        return result.get("version").asText();
    }
}

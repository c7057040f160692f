package dev.pawl.it.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a module at once: running jobs finish on the old one, and new jobs use the new one. */
class SideBySideIT {

    @TempDir
    Path folder;

    private Server server;
    private Api api;
    private Versions versions;

    @BeforeEach
    void startTheServer() {
        server = Server.start(folder.resolve("data"));
        api = server.api();
        versions = new Versions(ModuleJar.of(StepsModule.class, "1.0.0", folder));
        api.upload(versions.of("1.0.0"), "").expect(200);
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void oldJobsEndOnTheOldVersionAndNewOnesOnTheNew() {
        String old = begin(300);
        JsonNode answer = api.upload(versions.of("2.0.0"), "?mode=finish").expect(200);
        assertEquals("running", answer.get("jobs").get(0).get("outcome").asText(), answer.toString());
        String young = begin(10);

        JsonNode module = api.get("/modules/steps").expect(200);
        assertEquals("2.0.0", module.get("version").asText());
        assertEquals("1.0.0", module.get("retiring").get(0).get("version").asText(), module.toString());
        assertEquals(old, module.get("retiring").get(0).get("jobs").get(0).asText());

        assertEquals(List.of("2.0.0"), versionsOf(young));
        assertEquals(List.of("1.0.0"), versionsOf(old));
        assertEquals(1, api.job(old).get("epoch").asInt());
        assertEquals(
                "1.0.0", api.job(old).get("runs").get(0).get("module_version").asText());
        Eventually.eventually(
                "the old version is removed",
                () -> api.get("/modules/steps").expect(200).get("retiring").isEmpty());
    }

    @Test
    void aRestartMeanwhileTakesTheJobsToTheNewVersion() {
        String job = begin(300);
        api.upload(versions.of("2.0.0"), "?mode=finish").expect(200);
        server.kill();
        try (Server again = Server.start(folder.resolve("data"))) {
            api = again.api();
            assertEquals(List.of("1.0.0", "2.0.0"), versionsOf(job));
            assertEquals(300, api.results(job).size());
        }
    }

    @Test
    void anUninstalledModuleEndsItsJobsAndTakesNoMore() {
        String job = begin(100);
        api.delete("/modules/steps?mode=finish");
        assertEquals(
                400,
                api.post("/jobs", Map.of("module_id", "steps", "inputs", Map.of("steps", 1)))
                        .status());
        assertEquals(List.of("1.0.0"), versionsOf(job));
        Eventually.eventually("it is gone", () -> api.get("/modules/steps").status() == 404);
    }

    @Test
    void aDisabledModuleEndsItsJobsAndLetsNewOnesWait() {
        String job = begin(100);
        api.post("/modules/steps/disable?mode=finish", Map.of()).expect(200);
        String later = api.start("steps", Map.of("steps", 1));
        assertEquals(
                "disabled", api.get("/modules/steps").expect(200).get("state").asText());
        assertEquals(List.of("1.0.0"), versionsOf(job));
        assertEquals(
                "module_disabled",
                api.get("/jobs/" + later + "/why").expect(200).get("code").asText());
        api.post("/modules/steps/enable", Map.of()).expect(200);
        assertEquals(List.of("1.0.0"), versionsOf(later));
    }

    @Test
    void aJobOfSeveralModulesShowsWhichVersionDidEachTask() {
        Map<String, Object> steps = Map.of("module", "steps", "data", Map.of("steps", 1));
        Map<String, Object> hello = Map.of("module", "hello", "data", Map.of("name", "World"));
        String id = api.post("/jobs", Map.of("job_title", "both", "tasks", List.of(steps, hello)))
                .expect(200)
                .get("id")
                .asText();
        JsonNode run = api.awaitEnd(id).at("/runs/0");
        assertEquals("hello", run.get("module").asText(), run.toString());
        assertEquals("steps", run.at("/done_tasks/0/module").asText(), run.toString());
        assertEquals("1.0.0", run.at("/done_tasks/0/module_version").asText(), run.toString());
    }

    private String begin(int steps) {
        String id = api.start("steps", Map.of("steps", steps, "pause_ms", 10));
        Eventually.eventually("a result", () -> !api.results(id).isEmpty());
        return id;
    }

    /** Waits for the end of the job, and returns the versions named in its results. */
    private List<String> versionsOf(String id) {
        assertEquals("completed", api.awaitEnd(id).get("status").asText());
        TreeSet<String> seen = new TreeSet<>();
        api.results(id).forEach(row -> seen.add(row.get("version").asText()));
        return List.copyOf(seen);
    }
}

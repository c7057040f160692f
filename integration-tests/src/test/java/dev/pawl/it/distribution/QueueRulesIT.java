package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.gated.GatedModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits and pauses that hold jobs back, also after a kill. */
class QueueRulesIT {

    @TempDir
    Path folder;

    @Test
    void aLimitThatIsConfiguredAndAPausedModuleHoldJobsBackAlsoAfterAKill() throws Exception {
        Path data = folder.resolve("data");
        Path gate = folder.resolve("gate");
        Map<String, String> inputs = Map.of("gate", gate.toString());
        String first;
        String second;
        try (Server server = Server.start(data)) {
            Api api = server.api();
            api.upload(ModuleJar.of(GatedModule.class, "1.0.0", folder), "").expect(200);
            api.json("PUT", "/modules/gated/settings", Map.of("pawl.concurrency", 1))
                    .expect(200);
            first = api.start("gated", inputs);
            second = api.start("gated", inputs);
            Eventually.eventually("the first one runs", () -> api.status(first).equals("running"));
            assertEquals("module_limit", why(api, second));
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            Eventually.eventually("it runs again", () -> api.status(first).equals("running"));
            assertEquals("module_limit", why(api, second));
            api.post("/modules/gated/pause", Map.of()).expect(200);
            assertEquals("module_paused", why(api, second));
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            assertEquals("module_paused", why(api, first));
            assertEquals("module_paused", why(api, second));
            String other = api.start("hello", Map.of("name", "World", "count", 1));
            assertEquals("completed", api.awaitEnd(other).get("status").asText());
            Files.createFile(gate);
            api.post("/modules/gated/resume", Map.of()).expect(200);
            for (String id : new String[] {first, second}) {
                assertEquals("completed", api.awaitEnd(id).get("status").asText());
            }
            assertEquals("finished", why(api, first));
        }
    }

    @Test
    void aLongTitleIsKeptWhole() {
        String title = "Žofie's " + "t".repeat(9_992);
        try (Server server = Server.start(folder.resolve("data"))) {
            Api api = server.api();
            String id = api.post(
                            "/queue",
                            Map.of(
                                    "job_title",
                                    title,
                                    "tasks",
                                    List.of(Map.of("module", "elsewhere", "data", Map.of()))))
                    .expect(200)
                    .get("job_id")
                    .asText();
            assertEquals(title, api.job(id).get("job_title").asText());
            assertEquals(
                    title,
                    api.get("/queue").expect(200).at("/queue/0/job_title").asText());
            assertEquals(
                    title,
                    api.get("/queue/poll?worker_id=w1")
                            .expect(200)
                            .get("job_title")
                            .asText());
            api.post(
                            "/queue",
                            Map.of(
                                    "job_title",
                                    title + "t",
                                    "tasks",
                                    List.of(Map.of("module", "elsewhere", "data", Map.of()))))
                    .expect(400);
        }
    }

    private static String why(Api api, String id) {
        return api.get("/jobs/" + id + "/why").expect(200).get("code").asText();
    }
}

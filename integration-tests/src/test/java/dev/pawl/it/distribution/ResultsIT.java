package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.chaos.ChaosModule;
import dev.pawl.it.modules.gated.GatedModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results and attempts as seen over HTTP, from the first moment until after a kill. */
class ResultsIT {

    @TempDir
    Path folder;

    /** A result as a client sees it: its number, and whether it is tentative. */
    private record Seen(int step, long sequence, boolean tentative) {}

    @Test
    void totalPagesAndMarksOfResultsAgreeBeforeACheckpointAfterAKillAndAfterTheResumption() throws IOException {
        Path data = folder.resolve("data");
        Path gate = folder.resolve("gate");
        String never;
        String some;
        try (Server server = Server.start(data)) {
            Api api = server.api();
            api.upload(ModuleJar.of(GatedModule.class, "1.0.0", folder), "").expect(200);
            never = api.start("gated", Map.of("unsaved", 2, "gate", gate.toString()));
            some = api.start("gated", Map.of("saved", 3, "unsaved", 2, "gate", gate.toString()));
            Eventually.eventually("all results are emitted", () -> total(api, some) == 5 && total(api, never) == 2);
            assertEquals(List.of(kept(1), kept(2), kept(3), tentative(4), tentative(5)), paged(api, some, 2, 5));
            assertEquals(List.of(tentative(1), tentative(2)), paged(api, never, 1, 2));
            api.json("PATCH", "/queue", Map.of("disabled", true)).expect(200);
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            assertEquals("queue_paused", api.job(some).at("/reason/code").asText());
            assertEquals(List.of(kept(1), kept(2), kept(3)), paged(api, some, 2, 3));
            assertEquals(List.of(), paged(api, never, 2, 0));
            assertEquals(3, api.job(some).at("/checkpoint/done").asInt());
            assertEquals(
                    logged(api, some),
                    logged(api, some).stream().sorted().distinct().toList());

            api.json("PATCH", "/queue", Map.of("disabled", false)).expect(200);
            Eventually.eventually(
                    "all results are emitted again", () -> total(api, some) == 5 && total(api, never) == 2);
            assertEquals(List.of(kept(1), kept(2), kept(3), tentative(4), tentative(5)), paged(api, some, 2, 5));
            assertEquals(List.of(tentative(1), tentative(2)), paged(api, never, 1, 2));
            Files.createFile(gate);
            for (String id : List.of(some, never)) {
                assertEquals("completed", api.awaitEnd(id).get("status").asText());
            }
            assertEquals(List.of(kept(1), kept(2), kept(3), kept(4), kept(5)), paged(api, some, 3, 5));
            assertEquals(List.of(kept(1), kept(2)), paged(api, never, 10, 2));
            assertEquals(
                    logged(api, some),
                    logged(api, some).stream().sorted().distinct().toList());
            assertEquals(
                    List.of("crashed", "completed"),
                    api.job(some).findValue("runs").findValuesAsText("outcome"));
        }
    }

    @Test
    void eachAttemptIsSeenWithItsTimesAndItsErrorAndOneKeyMakesOneJob() throws Exception {
        try (Server server = Server.start(folder.resolve("data"))) {
            Api api = server.api();
            api.upload(ModuleJar.of(ChaosModule.class, "1.0.0", folder), "").expect(200);
            Map<String, Object> request = Map.of(
                    "module_id",
                    "chaos",
                    "inputs",
                    Map.of("steps", 3, "every", 0, "manner", "FAILING", "failAt", 2),
                    "retry",
                    Map.of("max_attempts", 3, "backoff", "50ms", "max_backoff", "100ms"));
            String id = api.post("/jobs", request).expect(200).get("id").asText();
            JsonNode job = api.awaitEnd(id);
            assertEquals("failed", job.get("status").asText());
            assertEquals(List.of("retry", "retry", "failed"), job.get("runs").findValuesAsText("outcome"));
            String endedBefore = "";
            for (JsonNode run : job.get("runs")) {
                assertEquals(
                        "Failed at step 2 as asked.", run.at("/failure/message").asText(), run.toString());
                assertEquals("run", run.at("/failure/phase").asText());
                assertTrue(
                        run.get("started_at").asText().compareTo(endedBefore) >= 0,
                        "a run started before the previous one had ended");
                endedBefore = run.get("ended_at").asText();
            }
            oneKeyMakesOneJob(api);
        }
    }

    private static void oneKeyMakesOneJob(Api api) throws InterruptedException {
        api.json("PATCH", "/queue", Map.of("disabled", true)).expect(200);
        Set<String> ids = new ConcurrentSkipListSet<>();
        List<Thread> clients = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            clients.add(new Thread(() -> ids.add(api.post(
                            "/jobs",
                            Map.of("module_id", "chaos", "inputs", Map.of("steps", 1), "unique_key", "nightly"))
                    .expect(200)
                    .get("id")
                    .asText())));
        }
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(1, ids.size(), ids::toString);
        assertEquals(1, api.get("/queue").expect(200).get("entries").asInt());
    }

    private static int total(Api api, String id) {
        return api.get("/jobs/" + id + "/results").expect(200).get("total").asInt();
    }

    /** All results, page by page, each of which must state the total. */
    private static List<Seen> paged(Api api, String id, int limit, int total) {
        List<Seen> seen = new ArrayList<>();
        long after = 0;
        while (true) {
            JsonNode page = api.get("/jobs/" + id + "/results?limit=" + limit + "&after=" + after)
                    .expect(200);
            assertEquals(total, page.get("total").asInt(), page::toString);
            for (JsonNode result : page.get("results")) {
                after = result.get("sequence").asLong();
                seen.add(new Seen(
                        result.at("/data/step").asInt(),
                        after,
                        result.get("tentative").asBoolean()));
            }
            if (page.get("results").size() < limit) {
                return seen;
            }
        }
    }

    private static List<String> logged(Api api, String id) {
        List<String> lines = new ArrayList<>();
        api.get("/jobs/" + id + "/logs?limit=1000").expect(200).get("logs").forEach(line -> {
            String message = line.get("message").asText();
            if (message.startsWith("run ")) {
                lines.add(message);
            }
        });
        return lines;
    }

    private static Seen kept(int step) {
        return new Seen(step, step, false);
    }

    private static Seen tentative(int step) {
        return new Seen(step, step, true);
    }
}

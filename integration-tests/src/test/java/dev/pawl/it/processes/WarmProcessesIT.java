package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules in Python whose processes take job after job. */
@NeedsProgram({"python3", "setsid"})
class WarmProcessesIT {

    private static final String CODE = """
            import os, threading, time
            from sweatpants import Module

            seen = []

            class Warm(Module):
                async def run(self, inputs, settings):
                    seen.append(self.job_id)
                    print("printed by", self.job_id)
                    yield {"pid": os.getpid(), "seen": len(seen), "cwd": os.getcwd(), "job": os.environ["PAWL_JOB_ID"],
                           "secret": settings.get("key"), "version": "VERSION"}
                    if inputs.get("note") == "thread":
                        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                    if inputs.get("note") == "fail":
                        raise ValueError("no")
                    if inputs.get("note") == "sleep":
                        time.sleep(300)
            """;

    @TempDir
    Path folder;

    private Server server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        server = Server.start(
                folder.resolve("data"), Path.of(System.getProperty("java.home")), Map.of("PAWL_WORKERS", "1"));
        api = server.api();
        install("1.0.0");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void install(String version) throws IOException {
        Path module =
                FolderModule.python(folder, "warm", version, ", \"reuse\": true", CODE.replace("VERSION", version));
        api.post("/modules/install", Map.of("source_path", module.toString())).expect(200);
    }

    private JsonNode run(String note, String end) {
        String job = api.start("warm", Map.of("note", note));
        assertEquals(end, api.awaitEnd(job).get("status").asText(), () -> api.job(job)
                .toString());
        List<String> lines = new ArrayList<>();
        api.get("/jobs/" + job + "/logs?limit=1000")
                .expect(200)
                .get("logs")
                .forEach(line -> lines.add(line.get("message").asText()));
        assertEquals(
                List.of("printed by " + job),
                lines.stream().filter(line -> line.startsWith("printed")).toList());
        List<JsonNode> results = api.results(job);
        if (!results.isEmpty()) {
            assertEquals(job, results.get(0).get("job").asText());
            assertTrue(results.get(0).get("cwd").asText().contains(job), results.toString());
        }
        return results.isEmpty() ? api.job(job) : results.get(0);
    }

    private static boolean lives(JsonNode result) {
        return ProcessHandle.of(result.get("pid").asLong())
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    @Test
    void oneProcessTakesJobAfterJobUntilOneLeavesSomethingOrFails() throws IOException {
        JsonNode first = run("", "completed");
        JsonNode second = run("", "completed");
        assertEquals(first.get("pid"), second.get("pid"));
        assertEquals(2, second.get("seen").asInt());
        assertTrue(lives(second), "it does not wait");

        JsonNode leaving = run("thread", "completed");
        assertEquals(first.get("pid"), leaving.get("pid"));
        JsonNode next = run("", "completed");
        assertNotEquals(first.get("pid"), next.get("pid"));
        assertEquals(1, next.get("seen").asInt());

        run("fail", "failed");
        JsonNode afterFailure = run("", "completed");
        assertNotEquals(next.get("pid"), afterFailure.get("pid"));

        install("2.0.0");
        Eventually.eventually(
                "the process of the former version ends", Duration.ofSeconds(20), () -> !lives(afterFailure));
        JsonNode updated = run("", "completed");
        assertEquals("2.0.0", updated.get("version").asText());
        api.delete("/modules/warm").expect(200);
        Eventually.eventually("that of the last one too", Duration.ofSeconds(20), () -> !lives(updated));
    }

    @Test
    void aStopOfOneJobEndsTheProcessAndTheNextJobHasAnother() {
        JsonNode before = run("", "completed");
        String job = api.start("warm", Map.of("note", "sleep"));
        Eventually.eventually(
                "it runs",
                Duration.ofSeconds(30),
                () -> api.job(job).get("status").asText().equals("running"));
        api.post("/jobs/" + job + "/stop", Map.of()).expect(200);
        assertEquals("stopped", api.awaitEnd(job).get("status").asText());
        Eventually.eventually("its process ends", Duration.ofSeconds(10), () -> !lives(before));
        assertNotEquals(before.get("pid"), run("", "completed").get("pid"));
    }
}

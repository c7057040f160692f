package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of tasks and the server, killed in every combination: nothing is left, and no job loses or doubles a result. */
@NeedsProgram({"python3", "setsid", "sleep"})
class KilledProcessesIT {

    private static final int STEPS = 100;

    private static final String COUNTER = """
            import asyncio, subprocess
            from sweatpants import Module

            class Counter(Module):
                async def run(self, inputs, settings):
                    subprocess.Popen(["sleep", "600"])
                    subprocess.Popen(["setsid", "sleep", "600"])
                    for i in range(self.get_checkpoint("n", 0), inputs["to"]):
                        await asyncio.sleep(0.02)
                        yield {"n": i + 1, "version": "VERSION"}
                        await self.save_checkpoint(n=i + 1)
            """;

    @TempDir
    Path folder;

    private Server server;
    private Api api;

    private void start(Map<String, String> environment) {
        server = Server.start(folder.resolve("data"), Path.of(System.getProperty("java.home")), environment);
        api = server.api();
    }

    @AfterEach
    void stop() {
        server.close();
        Eventually.eventually("nothing is left", Duration.ofSeconds(10), () -> Processes.ofModules(folder)
                .isEmpty());
    }

    private void install(String version) throws IOException {
        Path module = FolderModule.python(
                folder, "counter", version, ", \"results\": \"exact\"", COUNTER.replace("VERSION", version));
        api.post("/modules/install", Map.of("source_path", module.toString())).expect(200);
    }

    private String running() {
        String job = api.start("counter", Map.of("to", STEPS));
        Eventually.eventually(
                "it runs", Duration.ofSeconds(30), () -> api.results(job).size() > 5);
        return job;
    }

    private void completesExactly(String job) {
        JsonNode end = api.awaitEnd(job);
        assertEquals("completed", end.get("status").asText(), end.toString());
        assertEquals(
                IntStream.rangeClosed(1, STEPS).boxed().toList(),
                api.results(job).stream().map(row -> row.get("n").asInt()).toList());
    }

    @Test
    void aKilledServerLeavesNothingAndTheJobGoesOn() throws IOException {
        start(Map.of());
        install("1.0.0");
        String job = running();
        assertTrue(Processes.ofModules(folder).size() >= 3, "the processes of the task were not seen");
        server.kill();
        Eventually.eventually("nothing is left", Duration.ofSeconds(5), () -> Processes.ofModules(folder)
                .isEmpty());
        start(Map.of());
        server.awaitSaid(Duration.ofSeconds(10), "0 of them were left");
        completesExactly(job);
    }

    @Test
    void theNextStartEndsWhatAServerAndItsSupervisorLeft() throws IOException {
        start(Map.of());
        install("1.0.0");
        String job = running();
        List<ProcessHandle> supervisors = Processes.supervisors(server.pid());
        assertEquals(1, supervisors.size());
        supervisors.get(0).destroyForcibly();
        server.kill();
        start(Map.of());
        server.awaitSaid(Duration.ofSeconds(10), "of them were left and are ended");
        completesExactly(job);
    }

    @Test
    void aKilledProcessFailsItsJobWithASentence() throws IOException {
        start(Map.of());
        install("1.0.0");
        String job = running();
        Processes.ofModules(folder).stream()
                .filter(process -> process.info().command().orElse("").contains("python"))
                .forEach(ProcessHandle::destroyForcibly);
        JsonNode end = api.awaitEnd(job);
        assertEquals("failed", end.get("status").asText());
        assertTrue(end.get("error").asText().contains("SIGKILL"), end.toString());
        Eventually.eventually("nothing is left", Duration.ofSeconds(5), () -> Processes.ofModules(folder)
                .isEmpty());
    }

    @Test
    void anOrderlyStopParksTheJobAndLeavesNothing() throws IOException {
        start(Map.of());
        install("1.0.0");
        String job = running();
        assertEquals(0, server.terminate());
        Eventually.eventually("nothing is left", Duration.ofSeconds(5), () -> Processes.ofModules(folder)
                .isEmpty());
        start(Map.of());
        completesExactly(job);
    }

    @Test
    void twentyRunningJobsMoveToTheNextVersionAtACheckpoint() throws IOException {
        start(Map.of("PAWL_WORKERS", "24"));
        install("1.0.0");
        List<String> jobs = IntStream.range(0, 20)
                .mapToObj(i -> api.start("counter", Map.of("to", STEPS)))
                .toList();
        Eventually.eventually("all run", Duration.ofSeconds(60), () -> jobs.stream()
                .allMatch(id -> api.results(id).size() >= 3));
        install("2.0.0");
        int moved = 0;
        for (String job : jobs) {
            completesExactly(job);
            List<JsonNode> results = api.results(job);
            assertEquals("1.0.0", results.get(0).get("version").asText());
            moved += results.get(STEPS - 1).get("version").asText().equals("2.0.0") ? 1 : 0;
        }
        assertEquals(20, moved, "jobs that went on in the new version");
    }
}

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that take all they can, and modules that do not react, beside one that only counts. */
@NeedsProgram({"python3", "setsid", "prlimit"})
class BoundedProcessesIT {

    /** A bomb that gives up by itself, in case that nobody ends it. */
    private static final String BOMB = """
            import os, time
            from sweatpants import Module
            class Bomb(Module):
                async def run(self, inputs, settings):
                    for n in range(200):
                        if os.fork() == 0:
                            if n % 2:
                                os.setsid()
                            time.sleep(120)
                            os._exit(0)
                    time.sleep(120)
                    yield {"n": 1}
            """;

    private static final String HOG = """
            import os, time
            from sweatpants import Module
            class Hog(Module):
                async def run(self, inputs, settings):
                    if inputs.get("note") == "alone":
                        bytearray(1 << 30)
                    for n in range(5):
                        if os.fork() == 0:
                            held = bytearray(os.urandom(1 << 20) * 40)
                            time.sleep(120)
                            os._exit(len(held))
                    time.sleep(120)
                    yield {"n": 1}
            """;

    private static final String COUNTER = """
            import asyncio
            from sweatpants import Module
            class Counter(Module):
                async def run(self, inputs, settings):
                    for n in range(inputs["to"]):
                        await asyncio.sleep(0.05)
                        yield {"n": n}
            """;

    private static final String FLOOD = """
            from sweatpants import Module
            class Flood(Module):
                async def run(self, inputs, settings):
                    while True:
                        yield {"text": "x" * 10000}
            """;

    @TempDir
    Path folder;

    private Server server;
    private Api api;

    @BeforeEach
    void start() {
        server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_PROCESS_MAX_TASKS", "60"));
        api = server.api();
    }

    @AfterEach
    void stop() {
        server.close();
        Eventually.eventually("nothing is left", Duration.ofSeconds(10), () -> Processes.ofModules(folder)
                .isEmpty());
    }

    private void install(Path module) {
        api.post("/modules/install", Map.of("source_path", module.toString())).expect(200);
    }

    private void fails(String job, String sentence) {
        JsonNode end = api.awaitEnd(job);
        assertEquals("failed", end.get("status").asText(), end.toString());
        assertTrue(end.get("error").asText().contains(sentence), end.toString());
    }

    @Test
    void aForkBombAndAMemoryHogFailAlone() throws IOException {
        install(FolderModule.older(folder, "counter", COUNTER));
        install(FolderModule.older(folder, "bomb", BOMB));
        install(FolderModule.python(folder, "hog", "1.0.0", ", \"memory\": \"128m\"", HOG));
        String counter = api.start("counter", Map.of("to", 60));
        String bomb = api.start("bomb", Map.of());
        String hog = api.start("hog", Map.of());
        String alone = api.start("hog", Map.of("note", "alone"));
        fails(bomb, "and may have 60");
        fails(hog, "and may take 128 MB");
        fails(alone, "MemoryError");
        assertEquals("completed", api.awaitEnd(counter).get("status").asText());
        assertEquals(60, api.results(counter).size());
    }

    @Test
    void aStopEndsAStoppedProcessAndAFullPipe() throws IOException {
        install(FolderModule.older(folder, "counter", COUNTER));
        install(FolderModule.older(folder, "flood", FLOOD));
        install(FolderModule.shell(folder, "shell", "pawl-task emit '{\"n\": 1}'; sleep 600; sleep 600"));
        List<String> jobs = List.of(
                api.start("counter", Map.of("to", 100_000)),
                api.start("flood", Map.of()),
                api.start("shell", Map.of()));
        Eventually.eventually("all run", Duration.ofSeconds(60), () -> jobs.stream()
                .noneMatch(job -> api.results(job).isEmpty()));
        Processes.ofModules(folder).forEach(BoundedProcessesIT::suspend);
        for (String job : jobs) {
            api.post("/jobs/" + job + "/stop", Map.of()).expect(200);
        }
        for (String job : jobs) {
            assertEquals("stopped", api.awaitEnd(job).get("status").asText());
        }
    }

    private static void suspend(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

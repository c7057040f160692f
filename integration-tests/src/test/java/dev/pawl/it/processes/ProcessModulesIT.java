package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.file.FileTree;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules in several languages, in a server as it is distributed. */
@NeedsProgram({"python3", "setsid"})
class ProcessModulesIT extends ProcessCase {

    static final String HELLO = """
            import asyncio
            from sweatpants import Module

            class HelloWorld(Module):
                async def run(self, inputs, settings):
                    await self.log("Greeting from job " + self.job_id)
                    print("printed", "note" in inputs, sorted(settings))
                    for i in range(self.get_checkpoint("done", 0), inputs["to"]):
                        if self.is_cancelled:
                            return
                        await asyncio.sleep(0.01)
                        yield {"greeting": "Hello, World!", "i": i + 1}
                        await self.save_checkpoint(done=i + 1)
            """;

    @Test
    void anOlderModuleRunsUnchanged() throws IOException {
        JsonNode installed = install(FolderModule.older(folder, "hello-world", HELLO));
        assertEquals("hello-world", installed.get("id").asText());
        assertEquals("1.0.0", installed.get("version").asText());
        JsonNode module = api.get("/modules/hello-world").expect(200);
        assertEquals("to", module.get("inputs").get(0).get("id").asText());
        assertEquals("integer", module.get("inputs").get(0).get("type").asText());
        assertEquals("secret", module.get("settings").get(0).get("type").asText());

        String job = api.start("hello-world", Map.of("to", 3));
        assertEquals("completed ", ended(job));
        assertEquals(
                List.of(1, 2, 3),
                api.results(job).stream().map(row -> row.get("i").asInt()).toList());
        assertTrue(lines(job).contains("Greeting from job " + job), () -> lines(job)
                .toString());
        assertTrue(lines(job).contains("printed False []"), () -> lines(job).toString());
        api.post("/jobs", Map.of("module_id", "hello-world", "inputs", Map.of("to", "many")))
                .expect(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"python-counter", "shell-counter", "javascript-counter"})
    @NeedsProgram({"node", "flock"})
    void theSampleOfEachLanguageCounts(String id) {
        install(Path.of("..", "sample-modules", "languages", id)
                .toAbsolutePath()
                .normalize());
        String job = api.start(id, Map.of("to", 3));
        assertEquals("completed ", ended(job));
        assertEquals(
                List.of(1, 2, 3),
                api.results(job).stream().map(row -> row.get("n").asInt()).toList());
        assertEquals(3, api.job(job).get("checkpoint").get("counted").asInt());
        assertEquals(100, api.job(job).get("progress").asInt());
    }

    @Test
    void aModuleOfTheOlderWorkerRunsItsPhases() throws IOException {
        Path module = Files.createDirectories(folder.resolve("cool/modules")).getParent();
        Files.writeString(module.resolve("module.json"), """
                {"id": "cool", "name": "Cool", "version": "1.0.0", "runtime": "sisyphus", "entrypoint": "modules.cool.Cool",
                 "inputs": [{"id": "source", "type": "json", "required": true}, {"id": "fail", "type": "text"}]}
                """);
        Files.writeString(module.resolve("modules/cool.py"), """
                import json
                import requests
                from box import Box
                from loguru import logger
                from app.config import Config
                from app.exceptions import CleanupError, InitializationError, RunError, ValidationError
                from modules.base import BaseModule

                class Cool(BaseModule):
                    def __init__(self, task):
                        super().__init__(task)
                        if self.task.get("fail") == "init":
                            raise InitializationError(message="no pylons")
                        self.status = Box({"status": "in_progress", "task": "cool"})
                        self.heartbeat.set_data(self.status)

                    def validate(self):
                        if self.task.get("fail") == "validate":
                            raise ValidationError(message="bad data")
                        self.total = self.task.source.frames

                    def run(self):
                        self.set_start_time()
                        logger.warning(f"Running {self.total} frames")
                        for i in range(self.total):
                            self.status.progress = (i + 1) / self.total * 100
                            self.status.info = {"current_frame": i + 1}
                            self.heartbeat.set_data(self.status)
                        requests.post(f"{Config.API_URL}/data/cool/options", json={"crf": 19})
                        crf = Box(json.loads(requests.get(Config.API_URL + "/data/cool/options").content)).crf
                        logger.info(f"crf {crf}, {self.get_duration()}")
                        if self.task.get("fail") == "run":
                            raise RunError(message="poetry")

                    def cleanup(self):
                        logger.success("cleaned up")
                        if self.task.get("fail") == "cleanup":
                            raise CleanupError(message="a file is left")
                """);
        install(module);
        String job = api.start("cool", Map.of("source", Map.of("frames", 2_000)));
        assertEquals("completed ", ended(job));
        assertEquals(100, api.job(job).get("progress").asInt());
        assertEquals(2_000, api.job(job).get("info").get("current_frame").asInt());
        assertTrue(lines(job).contains("Running 2000 frames"), () -> lines(job).toString());
        assertTrue(lines(job).stream().anyMatch(line -> line.startsWith("crf 19, 0:00:")), () -> lines(job)
                .toString());
        assertTrue(lines(job).contains("cleaned up"), () -> lines(job).toString());
        for (String[] failing : new String[][] {
            {"init", "InitializationError: no pylons"},
            {"validate", "ValidationError: bad data"},
            {"run", "RunError: poetry"},
            {"cleanup", "CleanupError: a file is left"}
        }) {
            String failed = api.start("cool", Map.of("source", Map.of("frames", 1), "fail", failing[0]));
            assertTrue(ended(failed).contains(failing[1]), () -> ended(failed));
        }
    }

    @Test
    void thePackagesOfAModuleAreInstalledWithIt() throws IOException {
        Path module = FolderModule.packaged(folder);
        JsonNode refused = api.post("/modules/install", Map.of("source_path", module.toString()))
                .expect(422);
        assertEquals("PAWL-211", refused.get("code").asText());
        assertTrue(refused.get("detail").asText().contains("PAWL_PIP is offline"), refused.toString());
        FolderModule.addWheel(module);
        install(module);
        String job = api.start("packaged", Map.of());
        assertEquals("completed ", ended(job));
        assertEquals(42, api.results(job).get(0).get("answer").asInt());
        FileTree.delete(folder.resolve("data/environments"));
        String healed = api.start("packaged", Map.of());
        assertEquals("completed ", ended(healed), "its environment was gone");
    }

    @Test
    void aShellScriptIsAModule() throws IOException {
        install(FolderModule.shell(folder, "counter", """
                n=${PAWL_CHECKPOINT_N:-0}
                while [ "$n" -lt "$PAWL_INPUT_TO" ]; do
                  n=$((n + 1))
                  pawl-task emit "{\\"n\\": $n}"
                  pawl-task progress $((100 * n / PAWL_INPUT_TO))
                  pawl-task checkpoint "{\\"n\\": $n}" || exit $?
                done
                pawl-task put seen '{"last": 1}'
                pawl-task get seen
                pawl-task log -l WARNING 'a "quoted" line'
                """));
        String job = api.start("counter", Map.of("to", 3));
        assertEquals("completed ", ended(job));
        assertEquals(3, api.results(job).size());
        assertTrue(lines(job).contains("a \"quoted\" line"), () -> lines(job).toString());
        assertTrue(lines(job).contains("{\"last\":1}"), () -> lines(job).toString());
        assertEquals(3, api.job(job).get("checkpoint").get("n").asInt());
    }

    @Test
    void aFailureCarriesTypeTextAndTraceback() throws IOException {
        install(FolderModule.older(folder, "broken", """
                from sweatpants import Module
                class Broken(Module):
                    async def run(self, inputs, settings):
                        yield {"n": 1}
                        raise ValueError("no such thing")
                """));
        String job = api.start("broken", Map.of());
        assertEquals("failed", api.awaitEnd(job).get("status").asText());
        assertTrue(ended(job).contains("ValueError: no such thing"), ended(job));
        assertTrue(lines(job).stream().anyMatch(line -> line.contains("Traceback")), () -> lines(job)
                .toString());
    }

    @Test
    void theEnvironmentHoldsNothingOfTheServer() throws IOException {
        install(FolderModule.older(folder, "environment", """
                import os
                from sweatpants import Module
                class Environment(Module):
                    async def run(self, inputs, settings):
                        yield {"names": sorted(os.environ), "key": settings.get("key")}
                """));
        String job = api.post(
                        "/jobs",
                        Map.of(
                                "module_id",
                                "environment",
                                "inputs",
                                Map.of(),
                                "settings",
                                Map.of("key", "s3cret-value")))
                .expect(200)
                .get("id")
                .asText();
        assertEquals("completed ", ended(job));
        JsonNode result = api.results(job).get(0);
        assertTrue(result.get("names").toString().contains("PAWL_JOB_ID"), result.toString());
        for (String secret : List.of("PAWL_DATA_DIR", "JAVA_HOME", "PAWL_JAVA_OPTS")) {
            assertFalse(result.get("names").toString().contains("\"" + secret + "\""), result.toString());
        }
        assertFalse(result.toString().contains("s3cret-value"), result.toString());
    }

    @Test
    void aStopLetsFinallyRunAndEndsEvenABareExcept() throws IOException {
        install(FolderModule.older(folder, "sleeper", """
                import asyncio
                from sweatpants import Module
                class Sleeper(Module):
                    async def run(self, inputs, settings):
                        try:
                            yield {"n": 1}
                            await asyncio.sleep(300)
                        finally:
                            print("finally ran")
                """));
        install(FolderModule.older(folder, "stubborn", """
                import time
                from sweatpants import Module
                class Stubborn(Module):
                    async def run(self, inputs, settings):
                        yield {"n": 1}
                        while True:
                            try:
                                time.sleep(300)
                            except:
                                pass
                """));
        for (String id : List.of("sleeper", "stubborn")) {
            String job = api.start(id, Map.of());
            Eventually.eventually(
                    "it runs", Duration.ofSeconds(30), () -> api.results(job).size() == 1);
            long began = System.nanoTime();
            api.post("/jobs/" + job + "/stop", Map.of()).expect(200);
            assertEquals("stopped", api.awaitEnd(job).get("status").asText());
            assertTrue(System.nanoTime() - began < 20_000_000_000L, "the stop took too long");
            if (id.equals("sleeper")) {
                assertTrue(lines(job).contains("finally ran"), () -> lines(job).toString());
            }
        }
        Eventually.eventually("nothing is left", Duration.ofSeconds(5), () -> Processes.ofModules(folder)
                .isEmpty());
    }
}

package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.apart.ApartModule;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A module in Java with a JVM of its own for each task. */
@NeedsProgram({"setsid", "kill"})
class ApartIT extends ProcessCase {

    @BeforeEach
    void installModule() {
        install("1.0.0");
    }

    private void install(String version) {
        api.upload(ModuleJar.of(ApartModule.class, version, folder), "").expect(200);
    }

    private String started(String act, int to) {
        return api.start("apart", Map.of("act", act, "to", to));
    }

    private void fails(String act, String sentence) {
        JsonNode end = api.awaitEnd(started(act, 1));
        assertEquals("failed", end.get("status").asText(), end.toString());
        assertTrue(end.get("error").asText().contains(sentence), end.toString());
    }

    @Test
    void theSameClassDoesItsWorkInAnotherProcess() {
        assertEquals("process", isolation("apart"));
        assertEquals("server", isolation("hello"));
        String job = started("count", 3);
        JsonNode end = api.awaitEnd(job);
        assertEquals("completed", end.get("status").asText(), end.toString());
        List<JsonNode> results = api.results(job);
        assertEquals(
                List.of(1, 2, 3),
                results.stream().map(row -> row.get("n").asInt()).toList());
        assertTrue(results.get(0).get("pid").asLong() != server.pid(), "it ran in the server");
        assertTrue(results.get(0).get("work_folder").asText().contains(job), results.toString());
        List<String> lines = lines(job);
        assertTrue(lines.containsAll(List.of("It does count.", "printed", "It cleans up.")), lines::toString);
        assertEquals(
                "invalid: It is not valid.",
                "invalid: " + api.awaitEnd(started("invalid", 1)).get("error").asText());
    }

    private String isolation(String module) {
        return api.get("/modules/" + module).expect(200).get("isolation").asText();
    }

    @Test
    void eachBadEndFailsItsJobAlone() {
        fails("exit", "exit code 0 before it said that it was done");
        fails("halt", "exit code 0 before it said that it was done");
        fails("kill", "SIGKILL");
        fails("memory", "ran out of memory");
        fails("fail", "It failed.");
        fails("throw", "java.lang.IllegalStateException: It threw.");
        fails("files", "FileRefusedException");
        assertEquals(
                "completed", api.awaitEnd(started("count", 1)).get("status").asText());
    }

    @Test
    void aStopEndsCodeThatNeverLooks() {
        String job = started("spin", 1);
        Eventually.eventually(
                "it spins", Duration.ofSeconds(60), () -> api.results(job).size() == 1);
        long pid = api.results(job).get(0).get("pid").asLong();
        api.post("/jobs/" + job + "/stop", Map.of()).expect(200);
        assertEquals("stopped", api.awaitEnd(job).get("status").asText());
        Eventually.eventually("its process ends", Duration.ofSeconds(20), () -> ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }

    @Test
    void aRunningJobMovesToTheNextVersionAtACheckpoint() {
        String job = started("count", 300);
        Eventually.eventually(
                "it runs", Duration.ofSeconds(60), () -> api.results(job).size() > 5);
        install("1.1.0");
        JsonNode end = api.awaitEnd(job);
        assertEquals("completed", end.get("status").asText(), end.toString());
        List<JsonNode> results = api.results(job);
        assertEquals(
                IntStream.rangeClosed(1, 300).boxed().toList(),
                results.stream().map(row -> row.get("n").asInt()).toList());
        assertTrue(
                results.get(0).get("pid").asLong()
                        != results.get(299).get("pid").asLong(),
                "it stayed in its process");
    }

    @Test
    void aKilledServerLeavesNoJvmAndTheJobGoesOn() {
        String job = started("count", 300);
        Eventually.eventually(
                "it runs", Duration.ofSeconds(60), () -> api.results(job).size() > 5);
        long pid = api.results(job).get(0).get("pid").asLong();
        server.kill();
        Eventually.eventually("its process ends", Duration.ofSeconds(10), () -> ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
        server = Server.start(folder.resolve("data"));
        api = server.api();
        assertEquals("completed", api.awaitEnd(job).get("status").asText());
        assertEquals(
                IntStream.rangeClosed(1, 300).boxed().toList(),
                api.results(job).stream().map(row -> row.get("n").asInt()).toList());
    }
}

package dev.pawl.it.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.modules.stubborn.StubbornModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Running jobs of a module written outside the product move to its next version. The time for which they are parked goes to
 * {@code target/moved.txt}.
 */
class MovedJobsIT {

    private static final int STEPS = 300;
    private static final Path OWN_JAVA = Path.of(System.getProperty("java.home"));
    private static final Path FIGURES = Path.of("target", "moved.txt");

    @TempDir
    Path folder;

    private Server server;
    private Api api;

    private void start(Path javaHome, String workers) {
        server = Server.start(
                folder.resolve("data"),
                javaHome,
                Map.of("PAWL_WORKERS", workers, "PAWL_STOP_GRACE", "1s", "PAWL_STOP_ABANDON", "1s"));
        api = server.api();
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("dev.pawl.it.server.Jdks#homes")
    void twentyRunningJobsMoveWithoutALostOrDoubledResult(Path javaHome) throws IOException {
        boolean virtual = !javaHome.equals(OWN_JAVA); // a newer Java, on which that many slots use virtual threads
        start(javaHome, virtual ? "300" : "24");
        api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        List<String> jobs = IntStream.range(0, 20)
                .mapToObj(i -> api.start("steps", Map.of("steps", STEPS, "pause_ms", 10, "every", 5)))
                .toList();
        Eventually.eventually("all run", Duration.ofSeconds(30), () -> jobs.stream()
                .allMatch(id -> api.results(id).size() >= 10));

        Path next = ModuleJar.of(StepsModule.class, "2.0.0", folder);
        long began = System.nanoTime();
        JsonNode answer = api.upload(next, "?mode=move").expect(200);
        long updatedMs = (System.nanoTime() - began) / 1_000_000;

        assertEquals(Map.of("parked", 20L), outcomes(answer));
        List<Long> parkedMs = new ArrayList<>();
        for (String id : jobs) {
            JsonNode job = api.awaitEnd(id);
            assertEquals("completed", job.get("status").asText(), job.toString());
            List<JsonNode> results = api.results(id);
            assertEquals(
                    IntStream.rangeClosed(1, STEPS).boxed().toList(),
                    results.stream().map(row -> row.get("step").asInt()).toList());
            assertEquals("1.0.0", results.get(0).get("version").asText());
            assertEquals("2.0.0", results.get(STEPS - 1).get("version").asText());
            parkedMs.add(parked(job));
        }
        parkedMs.sort(null);
        Files.writeString(
                FIGURES,
                "update of 20 running jobs" + (virtual ? " on virtual threads" : "") + ": answered after " + updatedMs
                        + " ms; parked p50 " + parkedMs.get(10) + " ms, max " + parkedMs.get(19) + " ms\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertTrue(parkedMs.get(19) < 10_000, "the longest was parked for " + parkedMs.get(19) + " ms");
    }

    @Test
    void theAnswerSaysOfEachJobHowItLeft() {
        start(OWN_JAVA, "24");
        api.upload(ModuleJar.of(StubbornModule.class, "1.0.0", folder), "").expect(200);
        String waits = startAndAwaitResult("waits");
        String spins = startAndAwaitResult("spins");
        JsonNode answer = api.upload(
                        ModuleJar.of(StubbornModule.class, "2.0.0", folder), "?mode=move&drain_timeout=200ms")
                .expect(200);
        assertEquals("interrupted", outcome(answer, waits), answer.toString());
        assertEquals("abandoned", outcome(answer, spins), answer.toString());
        for (String id : List.of(waits, spins)) {
            assertEquals("completed", api.awaitEnd(id).get("status").asText());
            assertEquals(
                    List.of("2.0.0"),
                    api.results(id).stream()
                            .map(row -> row.get("version").asText())
                            .toList(),
                    "results after the checkpoint were not emitted exactly once");
        }
    }

    private String startAndAwaitResult(String how) {
        String id = api.start("stubborn", Map.of("how", how));
        Eventually.eventually("a result", () -> !api.results(id).isEmpty());
        return id;
    }

    private static Map<String, Long> outcomes(JsonNode answer) {
        Map<String, Long> count = new TreeMap<>();
        answer.get("jobs").forEach(job -> count.merge(job.get("outcome").asText(), 1L, Long::sum));
        return count;
    }

    private static String outcome(JsonNode answer, String id) {
        for (JsonNode job : answer.get("jobs")) {
            if (job.get("job_id").asText().equals(id)) {
                return job.get("outcome").asText();
            }
        }
        return "none";
    }

    /** The time from the end of the run on the old version to the start of the run on the new one. */
    private static long parked(JsonNode job) {
        assertEquals(2, job.get("runs").size(), job.toString());
        assertEquals("module_update", job.at("/runs/0/outcome").asText());
        assertEquals("1.0.0", job.at("/runs/0/module_version").asText());
        assertEquals("2.0.0", job.at("/runs/1/module_version").asText());
        return Duration.between(
                        OffsetDateTime.parse(job.at("/runs/0/ended_at").asText()),
                        OffsetDateTime.parse(job.at("/runs/1/started_at").asText()))
                .toMillis();
    }
}

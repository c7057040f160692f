package dev.pawl.it.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.counter.CounterModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Updates one module again and again while its own jobs and those of another module run. The figures go to
 * {@code target/updates.txt}.
 */
class ManyUpdatesIT {

    private static final int COUNTED = 150;
    /** Options without the class archive, which may or may not exist, and whose classes are not counted. */
    private static final String ALL_IN_METASPACE = "-Xmx96m -Xshare:off";

    private static final Path FIGURES = Path.of("target", "updates.txt");

    @TempDir
    Path folder;

    private final List<String> others = new ArrayList<>();
    private Api api;

    @Test
    void manyUpdatesLeaveNothingBehindAndTouchNobodyElse() throws IOException {
        updateSoOften(25);
    }

    @Test
    @Tag("nightly")
    void aThousandUpdatesLeaveNothingBehindAndTouchNobodyElse() throws IOException {
        updateSoOften(1_000);
    }

    private void updateSoOften(int updates) throws IOException {
        int warmUp = Math.max(10, updates / 10);
        Files.deleteIfExists(FIGURES);
        try (Server server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_WORKERS", "8", "PAWL_JAVA_OPTS", ALL_IN_METASPACE, "PAWL_LEAK_CHECK", "2s"))) {
            api = server.api();
            api.upload(ModuleJar.of(CounterModule.class, "1.0.0", folder), "").expect(200);
            Versions versions = new Versions(ModuleJar.of(StepsModule.class, "1.0.0", folder));
            List<String> own = begin(versions);
            for (int n = 1; n <= warmUp; n++) {
                update(versions, n); // creates one-time data and the compiler's profiles of warm code
            }
            Footprint before = measured(server, 0);
            for (int n = 1; n <= updates; n++) {
                update(versions, n + warmUp);
                keepOthersRunning();
                if (n % Math.max(1, updates / 4) == 0) {
                    measured(server, n);
                }
            }
            Footprint after = measured(server, updates);

            own.forEach(id -> assertNothingLostOrDoubled(id, updates));
            others.forEach(this::assertUntouched);
            assertEquals(0, leaks(), "versions whose classes are still in memory");
            assertTrue(
                    after.metaspaceKb() < before.metaspaceKb() * 1.2 && after.classes() < before.classes() + 300,
                    () -> "metaspace grew from " + before + " to " + after);
            assertTrue(
                    after.heapKb() < before.heapKb() * 1.2 + 2048, () -> "heap grew from " + before + " to " + after);
        }
    }

    /** Two jobs that run through all updates. */
    private List<String> begin(Versions versions) {
        api.upload(versions.of("1.0.0"), "").expect(200);
        return IntStream.range(0, 2)
                .mapToObj(i -> api.start("steps", Map.of("steps", 1_000_000, "pause_ms", 5, "every", 1)))
                .toList();
    }

    private void update(Versions versions, int n) throws IOException {
        Path jar = versions.of("1.0." + n);
        JsonNode answer = api.upload(jar, "?mode=move").expect(200);
        assertEquals("1.0." + n, answer.get("version").asText());
        Files.delete(jar);
    }

    private void keepOthersRunning() {
        long running = others.stream()
                .skip(Math.max(0, others.size() - 4))
                .filter(id -> !api.status(id).equals("completed"))
                .count();
        if (running < 4) {
            others.add(api.start("counter", Map.of("up_to", COUNTED)));
        }
    }

    private void assertNothingLostOrDoubled(String id, int updates) {
        api.post("/jobs/" + id + "/stop", Map.of()).expect(200);
        JsonNode job = api.awaitEnd(id);
        assertTrue(job.get("epoch").asInt() > updates / 2, () -> "the updates moved it too seldom: " + job);
        int expected = 1;
        long after = 0;
        for (JsonNode row :
                api.get("/jobs/" + id + "/results?limit=10000").expect(200).get("results")) {
            assertEquals(expected++, row.get("data").get("step").asInt());
            after++;
        }
        assertTrue(after > 10, "steps: " + after);
    }

    private void assertUntouched(String id) {
        JsonNode job = api.awaitEnd(id);
        assertEquals("completed", job.get("status").asText());
        assertEquals(1, job.get("epoch").asInt(), "an update of another module interrupted it");
        assertEquals(COUNTED, api.results(id).size());
    }

    private int leaks() {
        return api.get("/modules").expect(200).path("leaks").size();
    }

    private static Footprint measured(Server server, int updates) throws IOException {
        Footprint footprint = Footprint.of(server.pid());
        Files.writeString(
                FIGURES,
                updates + " updates: " + footprint + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return footprint;
    }
}

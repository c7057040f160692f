package dev.pawl.it.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Removes a module while its jobs run and queue, and brings it back: each job ends once and is complete. */
class ComingBackIT {

    private static final int SLOTS = 3;
    private static final int LONG = 200;
    private static final int SHORT = 10;

    @TempDir
    Path folder;

    private Path data;
    private Path jar;
    private Server server;
    private Api api;
    private List<String> running;
    private List<String> queued;

    /** The ways to remove a module and bring it back. */
    enum Way {
        DISABLED("module_disabled") {
            @Override
            JsonNode leave(Api api, String query) {
                return api.post("/modules/steps/disable" + query, Map.of()).expect(200);
            }

            @Override
            void comeBack(Api api, Path jar) {
                api.post("/modules/steps/enable", Map.of()).expect(200);
            }
        },
        UNINSTALLED("module_missing") {
            @Override
            JsonNode leave(Api api, String query) {
                return api.delete("/modules/steps" + query).expect(200);
            }

            @Override
            void comeBack(Api api, Path jar) {
                api.upload(jar, "").expect(200);
            }
        };

        private final String reason;

        Way(String reason) {
            this.reason = reason;
        }

        abstract JsonNode leave(Api api, String query);

        abstract void comeBack(Api api, Path jar);
    }

    @BeforeEach
    void startTheServer() {
        data = folder.resolve("data");
        jar = ModuleJar.of(StepsModule.class, "1.0.0", folder);
        boot();
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    private void boot() {
        server = Server.start(
                data, Path.of(System.getProperty("java.home")), Map.of("PAWL_WORKERS", Integer.toString(SLOTS)));
        api = server.api();
    }

    @Test
    void jobsWaitWithTheReasonAndGoOnFromTheirCheckpointsWhateverTheMode() {
        for (Way way : Way.values()) { // on one server, since its start takes longer than this loop
            goAndComeBack(way);
        }
    }

    private void goAndComeBack(Way way) {
        for (UpdateMode mode : UpdateMode.values()) {
            api.upload(jar, "").expect(200);
            begin();

            JsonNode answer = way.leave(api, "?mode=" + mode.name().toLowerCase(Locale.ROOT));

            String outcome =
                    switch (mode) {
                        case MOVE -> "parked";
                        case NOW -> "interrupted";
                        case FINISH -> "running";
                    };
            assertEquals(Map.of(outcome, (long) SLOTS), outcomes(answer), answer.toString());
            if (mode == UpdateMode.FINISH) {
                assertWait(queued, "module_disabled");
                running.forEach(id -> assertWhole(id, LONG, 1));
            } else {
                assertWait(running, way.reason);
            }
            Eventually.eventually(() -> assertWait(queued, way.reason));
            way.comeBack(api, jar);
            running.forEach(id -> assertWhole(id, LONG, mode == UpdateMode.FINISH ? 1 : 2));
            queued.forEach(id -> assertWhole(id, SHORT, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, true", "UNINSTALLED, false"})
    void theyWaitThroughARestartOfTheServer(Way way, boolean killed) {
        api.upload(jar, "").expect(200);
        begin();
        way.leave(api, "");
        if (killed) {
            server.kill();
        } else {
            server.terminate();
        }
        boot();

        assertWait(running, way.reason);
        assertWait(queued, way.reason);
        way.comeBack(api, jar);
        running.forEach(id -> assertWhole(id, LONG, 2));
        queued.forEach(id -> assertWhole(id, SHORT, 1));
    }

    @Test
    void theyWaitWhileTheJarIsOutOfTheModulesFolder() throws IOException {
        Path dropped = Files.createDirectories(data.resolve("modules")).resolve("steps.jar");
        Files.copy(jar, dropped);
        Eventually.eventually("installed", () -> api.get("/modules/steps").status() == 200);
        begin();

        Files.delete(dropped);
        Eventually.eventually(() -> assertWait(running, "module_missing"));
        assertWait(queued, "module_missing");
        Files.copy(jar, dropped);

        running.forEach(id -> assertWhole(id, LONG, 2));
        queued.forEach(id -> assertWhole(id, SHORT, 1));
    }

    /** Starts as many jobs as there are slots, and as many that wait behind them. */
    private void begin() {
        running = start(LONG);
        Eventually.eventually("all run", Duration.ofSeconds(30), () -> running.stream()
                .allMatch(id -> !api.results(id).isEmpty()));
        queued = start(SHORT);
    }

    private List<String> start(int steps) {
        return IntStream.range(0, SLOTS)
                .mapToObj(i -> api.start("steps", Map.of("steps", steps, "pause_ms", 10, "every", 3)))
                .toList();
    }

    private void assertWait(List<String> jobs, String reason) {
        for (String id : jobs) {
            JsonNode job = api.job(id);
            assertEquals("pending", job.get("status").asText(), job.toString());
            assertEquals(reason, job.at("/reason/code").asText(), job.toString());
            assertEquals(
                    reason,
                    api.get("/jobs/" + id + "/why").expect(200).get("code").asText());
        }
    }

    /** Checks that a job is complete; if it had started over instead of continuing, its first steps would be there twice. */
    private void assertWhole(String id, int steps, int runs) {
        JsonNode job = api.awaitEnd(id);
        assertEquals("completed", job.get("status").asText(), job.toString());
        assertEquals(runs, job.get("runs").size(), job.toString());
        assertEquals(
                IntStream.rangeClosed(1, steps).boxed().toList(),
                api.results(id).stream().map(row -> row.get("step").asInt()).toList());
    }

    private static Map<String, Long> outcomes(JsonNode answer) {
        Map<String, Long> count = new TreeMap<>();
        answer.get("jobs").forEach(job -> count.merge(job.get("outcome").asText(), 1L, Long::sum));
        return count;
    }
}

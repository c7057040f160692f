package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.history.Effects;
import dev.pawl.it.history.History;
import dev.pawl.it.history.HistoryCheck;
import dev.pawl.it.history.HistoryLog;
import dev.pawl.it.history.Takeovers;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.probe.ProbeModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose clocks are hours apart, and hours from that of their database. */
@Tag("nightly")
class ClocksIT {

    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration STARTS = Duration.ofMinutes(3);
    private static final int JOBS = 45;

    @TempDir
    private Path folder;

    private static Map<String, String> clock(String offset) {
        return Map.of("LD_PRELOAD", FAKETIME.toString(), "FAKETIME", offset, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }

    /** Starts a server with another clock; each look at it costs more by that library. */
    private static Server slowly(Cluster cluster, String name, String offset) {
        Server server = cluster.launch(name, clock(offset));
        assertTrue(server.awaitReady(STARTS), server::said);
        return server;
    }

    @Test
    void jobsGoOnSchedulesFireOnceAndLeasesHold(TestReporter reporter) throws Exception {
        assumeTrue(Files.exists(FAKETIME), "not installed: faketime");
        try (Cluster cluster = new Cluster(folder)) {
            Server one = slowly(cluster, "one", "+5h");
            HistoryLog log = new HistoryLog(cluster.database().connections());
            log.begin();
            Server two = slowly(cluster, "two", "-7h");
            Server three = cluster.start("three");
            List<Server> servers = List.of(one, two, three);
            one.api()
                    .upload(ModuleJar.of(ProbeModule.class, "1.0.0", folder), "")
                    .expect(200);
            servers.forEach(server -> Eventually.eventually(
                    LONG,
                    () -> assertEquals(200, server.api().get("/modules/probe").status())));
            String effects = folder.resolve("effects").toString();
            Map<String, Object> probe = Map.of("steps", 3, "pause_ms", 10, "file", effects);
            for (String name : List.of("one", "two")) {
                cluster.servers()
                        .get(name)
                        .api()
                        .json(
                                "PUT",
                                "/schedules/of-" + name,
                                Map.of("every", "2s", "job", Map.of("module_id", "probe", "inputs", probe)))
                        .expect(200);
            }
            Map<String, Integer> jobs = new LinkedHashMap<>();
            for (int n = 0; n < JOBS; n++) {
                int steps = 40 + n;
                jobs.put(
                        servers.get(n % 3)
                                .api()
                                .start("probe", Map.of("steps", steps, "pause_ms", 50, "file", effects)),
                        steps);
            }
            long owner = log.owner("one");
            long atMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
            one.kill();
            Map<UUID, Integer> accepted = new HashMap<>();
            Map<UUID, String> ended = new HashMap<>();
            Api api = two.api();
            jobs.forEach((id, steps) -> {
                Eventually.eventually(
                        LONG,
                        () -> assertEquals(
                                "completed", api.status(id), () -> api.job(id).toString()));
                accepted.put(UUID.fromString(id), steps);
                ended.put(UUID.fromString(id), "completed");
            });
            for (String name : List.of("one", "two")) {
                JsonNode fires = api.get("/schedules/of-" + name + "/history?limit=100")
                        .expect(200)
                        .get("fires");
                assertTrue(fires.size() > 3, () -> "the schedule of " + name + " fires: " + fires);
                api.post("/schedules/of-" + name + "/pause", Map.of()).expect(200);
            }
            Eventually.eventually("all work is done", LONG, () -> api.get("/jobs?status=running")
                    .expect(200)
                    .get("jobs")
                    .isEmpty());

            History history = log.read();
            HistoryCheck check = new HistoryCheck(
                    history, new History.Told(accepted, ended, Effects.read(Path.of(effects)), List.of()), Map.of());
            assertEquals(List.of(), check.violations());
            Takeovers taken = new Takeovers();
            taken.add(history, owner, atMicros);
            reporter.publishEntry("clocks", "taken over: " + taken + ", " + check.runs() + " runs");
            assertTrue(taken.size() > 0 && taken.longestMs() < 18_000, taken::toString);
            assertEquals(0, two.terminate());
            assertEquals(0, three.terminate());
        }
    }
}

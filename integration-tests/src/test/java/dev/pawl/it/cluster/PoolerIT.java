package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.it.history.History;
import dev.pawl.it.history.HistoryCheck;
import dev.pawl.it.history.HistoryLog;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that reach their database through PgBouncer alone, which lends a connection for a transaction. */
@Tag("nightly")
class PoolerIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int JOBS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"options", "extra_float_digits"})
    void jobsRunOnAllServersWhichLookForNewsAndSaySo(String ignored) throws Exception {
        assumeTrue(PgBouncer.missing().isEmpty(), PgBouncer::missing);
        try (Cluster cluster = new Cluster(folder);
                PgBouncer pooler = new PgBouncer(folder, cluster.database().port(), ignored)) {
            Map<String, String> through =
                    Map.of("PAWL_STORE_URL", "postgresql://postgres@127.0.0.1:" + pooler.port() + "/postgres");
            Server one = cluster.start("one", through);
            HistoryLog log = new HistoryLog(cluster.database().connections());
            log.begin();
            Server two = cluster.start("two", through);
            Server three = cluster.start("three", through);
            List<Server> servers = List.of(one, two, three);
            for (Server server : servers) {
                server.awaitSaid(LONG, "as behind a pooler in transaction mode");
                String health = server.api().get("/status/health").body().toString();
                assertTrue(health.contains("pooler"), health);
            }
            one.api()
                    .upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "")
                    .expect(200);
            servers.forEach(server -> Eventually.eventually(
                    LONG,
                    () -> assertEquals(200, server.api().get("/modules/steps").status())));

            Map<String, Integer> jobs = new LinkedHashMap<>();
            for (int n = 0; n < JOBS; n++) {
                int steps = 20 + n;
                Map<String, Integer> inputs = Map.of("steps", steps, "pause_ms", 50, "every", 1);
                jobs.put(servers.get(n % 3).api().start("steps", inputs), steps);
            }
            three.kill();
            Map<UUID, String> ended = new HashMap<>();
            Map<UUID, Integer> accepted = new HashMap<>();
            Api api = two.api();
            jobs.forEach((id, steps) -> {
                Eventually.eventually(
                        LONG,
                        () -> assertEquals(
                                "completed", api.status(id), () -> api.job(id).toString()));
                assertEquals(
                        IntStream.rangeClosed(1, steps).boxed().toList(),
                        api.results(id).stream()
                                .map(row -> row.get("step").asInt())
                                .toList());
                ended.put(UUID.fromString(id), "completed");
                accepted.put(UUID.fromString(id), steps);
            });

            HistoryCheck check =
                    new HistoryCheck(log.read(), new History.Told(accepted, ended, List.of(), List.of()), Map.of());
            assertEquals(List.of(), check.violations());
            assertTrue(check.takenRuns() > 0, "none ran on the server that was killed");
            assertFalse(one.said().contains("prepared statement"), one::said);
            assertEquals(0, one.terminate());
            assertEquals(0, two.terminate());
        }
    }
}

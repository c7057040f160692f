package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.history.Effects;
import dev.pawl.it.history.History;
import dev.pawl.it.history.HistoryCheck;
import dev.pawl.it.history.HistoryLog;
import dev.pawl.it.history.Invariant;
import dev.pawl.it.history.Violation;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.probe.ProbeModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The machine of the database fails, and its standby takes over, while jobs run on two servers that know both addresses. */
@Tag("nightly")
class FailoverIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final List<String> NAMES = List.of("one", "two");
    private static final long LOADED_MS = 6_000;

    @TempDir
    private Path folder;

    private Cluster cluster;
    private SteadyClient client;

    @Test
    void aSynchronousStandbyLosesNothing(TestReporter reporter) throws Exception {
        List<Violation> found = failOver(true, reporter);
        assertEquals(List.of(), found);
    }

    @Test
    void theLossOfAnAsynchronousStandbyIsFoundAndServersGoOn(TestReporter reporter) throws Exception {
        List<Violation> found = failOver(false, reporter);
        Set<Invariant> broken = found.stream().map(Violation::invariant).collect(Collectors.toSet());
        assertTrue(broken.contains(Invariant.ACCEPTED_IS_THERE), found::toString);
        // What the standby has is sound in itself: what is lost are requests, and runs whose effects tell of them.
        assertTrue(
                Set.of(
                                Invariant.ACCEPTED_IS_THERE,
                                Invariant.EFFECT_OF_RUN,
                                Invariant.NO_REPEATED_STEP,
                                Invariant.NO_LATE_EFFECT)
                        .containsAll(broken),
                found::toString);
    }

    private List<Violation> failOver(boolean isSynchronous, TestReporter reporter) throws Exception {
        try (Cluster started = new Cluster(folder);
                Database standby = started.database().standby(folder.resolve("standby"))) {
            cluster = started;
            Database primary = cluster.database();
            if (isSynchronous) {
                primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
                primary.run("SELECT pg_reload_conf()");
            }
            begin(primary, standby);
            TimeUnit.MILLISECONDS.sleep(LOADED_MS);
            if (!isSynchronous) {
                String sender = primary.run("SELECT pid FROM pg_stat_replication");
                new ProcessBuilder("kill", "-STOP", sender).start().waitFor(); // the standby falls behind from here on
                TimeUnit.MILLISECONDS.sleep(LOADED_MS / 2);
            }
            int before = client.accepted().size();
            primary.fail();
            standby.run("SELECT pg_promote()");
            Eventually.eventually(
                    "jobs are accepted by the standby",
                    LONG,
                    () -> client.accepted().size() > before + 10);
            client.end();
            Api api = server("one").api();
            Eventually.eventually("all work is done", LONG, () -> isIdle(api));
            HistoryCheck check = new HistoryCheck(new HistoryLog(standby.connections()).read(), told(api), Map.of());
            List<Violation> found = check.violations();
            reporter.publishEntry("failover", client.accepted().size() + " jobs, " + found);
            for (String name : NAMES) {
                assertEquals(0, server(name).terminate());
            }
            return found;
        }
    }

    private void begin(Database primary, Database standby) throws Exception {
        Map<String, String> both = Map.of(
                "PAWL_STORE_URL",
                "postgresql://postgres@127.0.0.11:" + primary.port() + ",127.0.0.11:" + standby.port() + "/postgres");
        cluster.start("one", both);
        new HistoryLog(primary.connections()).begin();
        cluster.start("two", both);
        server("one")
                .api()
                .upload(ModuleJar.of(ProbeModule.class, "1.0.0", folder), "")
                .expect(200);
        Eventually.eventually(
                LONG,
                () -> assertEquals(
                        200, server("two").api().get("/modules/probe").status()));
        String effects = folder.resolve("effects").toString();
        client = new SteadyClient(
                steps ->
                        Map.of("module_id", "probe", "inputs", Map.of("steps", steps, "pause_ms", 50, "file", effects)),
                at -> server(NAMES.get(at % NAMES.size())),
                server -> cluster.data(server == server("one") ? "one" : "two"));
        client.start();
    }

    private Server server(String name) {
        return cluster.servers().get(name);
    }

    private static boolean isIdle(Api api) {
        Api.Answer running = api.get("/jobs?status=running");
        Api.Answer queue = api.get("/queue?limit=1");
        return running.status() == 200
                && queue.status() == 200
                && running.body().get("jobs").isEmpty()
                && queue.body().get("entries").asInt() == 0;
    }

    private History.Told told(Api api) throws IOException {
        Map<UUID, Integer> accepted = new HashMap<>();
        Map<UUID, String> ended = new HashMap<>();
        client.accepted().forEach((id, steps) -> {
            accepted.put(UUID.fromString(id), steps);
            Api.Answer job = api.get("/jobs/" + id);
            if (job.status() == 200) {
                ended.put(UUID.fromString(id), job.body().get("status").asText());
            }
        });
        return new History.Told(accepted, ended, Effects.read(folder.resolve("effects")), List.of());
    }
}

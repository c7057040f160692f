package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Faults of servers and of their database, one after the other, while jobs run on three servers. */
class ClusterFaultsIT {

    private static final int ROUNDS = Integer.getInteger("pawl.cluster.faults", 12);
    private static final Duration AFTER_ALL = Duration.ofMinutes(4);
    private static final List<String> NAMES = List.of("one", "two", "three");

    /** Longer than the lease of a server. */
    private static final long FROZEN_S = 22;

    @TempDir
    private Path folder;

    private Cluster cluster;
    private Random random;
    private final List<String> happened = new ArrayList<>();

    private enum Fault {
        KILL,
        TERMINATE,
        FREEZE,
        KILL_DATABASE
    }

    @Test
    @Tag("nightly")
    void noJobIsLostOrDoubledThroughFaultsOfServersAndTheirDatabase(TestReporter reporter) throws Exception {
        long seed = Long.getLong("pawl.cluster.seed", System.nanoTime());
        reporter.publishEntry("seed", Long.toString(seed));
        random = new Random(seed);
        try (Cluster started = new Cluster(folder)) {
            cluster = started;
            NAMES.forEach(cluster::start);
            server("one")
                    .api()
                    .upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "")
                    .expect(200);
            SteadyClient client = new SteadyClient(
                    steps ->
                            Map.of("module_id", "steps", "inputs", Map.of("steps", steps, "pause_ms", 100, "every", 1)),
                    at -> server(NAMES.get(at % NAMES.size())),
                    server -> folder.resolve(NAMES.stream()
                            .filter(name -> server(name) == server)
                            .findFirst()
                            .orElse("one")));
            client.start();
            for (int round = 0; round < ROUNDS; round++) {
                TimeUnit.MILLISECONDS.sleep(2_000 + random.nextInt(4_000));
                fault(Fault.values()[round % Fault.values().length], NAMES.get(random.nextInt(NAMES.size())));
                int before = client.accepted().size();
                Eventually.eventually(
                        Duration.ofMinutes(1),
                        () -> assertTrue(client.accepted().size() > before + 3, happened::toString));
            }
            client.end();
            judge(client.accepted());
            reporter.publishEntry("faults", client.accepted().size() + " jobs: " + happened);
        }
    }

    private Server server(String name) {
        return cluster.servers().get(name);
    }

    private void fault(Fault fault, String name) throws Exception {
        happened.add(fault + " " + name);
        switch (fault) {
            case KILL -> {
                server(name).kill();
                cluster.start(name);
            }
            case TERMINATE -> {
                assertEquals(0, server(name).terminate());
                cluster.start(name);
            }
            case FREEZE -> {
                signal("STOP", server(name));
                TimeUnit.SECONDS.sleep(FROZEN_S);
                signal("CONT", server(name));
            }
            case KILL_DATABASE -> {
                cluster.database().kill();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(5_000));
                cluster.database().startAgain();
            }
        }
    }

    private static void signal(String signal, Server server) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(server.pid()))
                        .start()
                        .waitFor());
    }

    private void judge(Map<String, Integer> jobs) {
        Api api = server("two").api();
        Map<String, String> wrong = new LinkedHashMap<>();
        jobs.forEach((id, steps) -> {
            Eventually.eventually(
                    AFTER_ALL, () -> assertTrue(hasEnded(api.job(id)), () -> api.job(id) + " after " + happened));
            List<Integer> expected = IntStream.rangeClosed(1, steps).boxed().toList();
            List<Integer> found =
                    api.results(id).stream().map(row -> row.get("step").asInt()).toList();
            if (!api.status(id).equals("completed") || !found.equals(expected)) {
                wrong.put(id, steps + " steps, " + found + ", " + api.job(id));
            }
        });
        assertEquals(Map.of(), wrong, happened::toString);
        assertTrue(api.get("/audit/verify").expect(200).get("sound").asBoolean(), happened::toString);
        int all = api.get("/jobs/counts?exact=true")
                .expect(200)
                .at("/counts/completed")
                .asInt();
        assertEquals(jobs.size(), all, "jobs that nobody asked for");
    }

    private static boolean hasEnded(JsonNode job) {
        return List.of("completed", "failed", "stopped")
                .contains(job.get("status").asText());
    }
}

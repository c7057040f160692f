package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.chaos.ChaosModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Starts the real distribution, keeps a mixed load on it, kills it with SIGKILL at random moments, now and then freezes it or
 * ends it politely, starts it again, and at the end holds every job against a model kept here. The same seed makes the same load
 * and the same moments, as far as the machine allows.
 */
final class Torture {

    private static final Map<String, String> SETTINGS =
            Map.of("PAWL_STOP_GRACE", "1s", "PAWL_STOP_ABANDON", "1s", "PAWL_WORKERS", "12", "PAWL_LOG_LEVEL", "WARN");
    private static final int MOST_WAITING = 300;

    private final Path data;
    private final Path javaHome;
    private final Random random;
    private final Load load;
    private final Map<String, String> ended = new HashMap<>();
    private int frozen;
    private int polite;

    Torture(Path data, Path javaHome, long seed) {
        this.data = data;
        this.javaHome = javaHome;
        this.random = new Random(seed);
        this.load = new Load(new Random(random.nextLong()));
    }

    /** What came of it. */
    record Report(
            int kills, int frozen, int polite, int jobs, int unacknowledged, long seconds, List<String> violations) {}

    /** Runs it with so many ends of the server; one in ten is polite. */
    Report run(int kills) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Files.createDirectories(data);
        Path jar = ModuleJar.of(ChaosModule.class, "1.0.0", data.getParent());
        try (Server first = Server.start(data, javaHome, SETTINGS)) {
            first.api().upload(jar, "").expect(200);
            first.terminate();
        }
        for (int n = 0; n < kills; n++) {
            try (Server server = Server.start(data, javaHome, SETTINGS)) {
                endure(server);
            }
        }
        try (Server last = Server.start(data, javaHome, SETTINGS)) {
            Api api = last.api();
            List<Expectation> acknowledged = load.acknowledged();
            Eventually.eventually("the end of all work", Duration.ofMinutes(10), () -> isIdle(api));
            Audit audit = new Audit(api);
            audit.judge(acknowledged, ended);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            return new Report(
                    kills, frozen, polite, acknowledged.size(), load.unacknowledged(), seconds, audit.violations());
        }
    }

    /** Loads one server until its moment comes. */
    private void endure(Server server) throws IOException, InterruptedException {
        Api api = server.api();
        noteEnded(api);
        long moment = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(2_000));
        while (System.nanoTime() < moment) {
            if (waiting(api) < MOST_WAITING) {
                load.submitOne(api);
            } else {
                TimeUnit.MILLISECONDS.sleep(20); // the load is bounded: let the server catch up
            }
        }
        if (random.nextInt(10) == 0) {
            frozen++;
            signal("STOP", server.pid());
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000)); // how long it stays frozen is part of the torture
            signal("CONT", server.pid());
        }
        if (random.nextInt(10) == 0) {
            polite++;
            server.terminate();
        } else {
            server.kill();
        }
    }

    private void noteEnded(Api api) {
        for (String status : List.of("completed", "failed", "stopped")) {
            for (JsonNode job :
                    api.get("/jobs?limit=200&status=" + status).expect(200).get("jobs")) {
                ended.putIfAbsent(job.get("id").asText(), status);
            }
        }
    }

    private static boolean isIdle(Api api) {
        return waiting(api) == 0
                && api.get("/jobs?status=running").expect(200).get("jobs").isEmpty();
    }

    private static long waiting(Api api) {
        return api.get("/queue?limit=1").expect(200).get("entries").asLong();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + code);
        }
    }
}

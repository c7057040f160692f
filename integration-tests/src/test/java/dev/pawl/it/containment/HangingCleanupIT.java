package dev.pawl.it.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.stubborn.StubbornModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A module whose {@code cleanup} hangs delays nothing for longer than the 30 seconds that a cleanup may take. The cases run at the same
 * time, on two servers, since each of them takes that long.
 */
class HangingCleanupIT {

    private static final Map<String, String> SHORT_LADDER = Map.of("PAWL_STOP_GRACE", "1s", "PAWL_STOP_ABANDON", "1s");
    private static final long LONGEST_MS = 40_000;

    @TempDir
    Path folder;

    @Test
    void anUpdateAStopAndAShutdownEndInTheStatedTime() {
        try (Server updated = start("updated");
                Server stopped = start("stopped")) {
            Api api = updated.api();
            String moved = beginCleanup(updated);
            String ended = beginCleanup(updated);
            beginCleanup(stopped);
            long began = System.nanoTime();

            CompletableFuture<Long> shutdown = CompletableFuture.supplyAsync(() -> {
                stopped.terminate();
                return since(began);
            });
            CompletableFuture<Long> stop = CompletableFuture.supplyAsync(() -> {
                api.send("POST", "/jobs/" + ended + "/stop", "application/json", BodyPublishers.ofString("{}"));
                return since(began);
            });
            api.upload(ModuleJar.of(StubbornModule.class, "2.0.0", folder), "").expect(200);
            long update = since(began);

            assertInTime("the update", update);
            assertInTime("the stop", stop.join());
            assertInTime("the shutdown", shutdown.join());
            assertEquals(
                    "2.0.0",
                    api.get("/modules/stubborn").expect(200).get("version").asText());
            JsonNode job = api.awaitEnd(moved);
            assertEquals("failed", job.get("status").asText(), job.toString());
            assertEquals("cleanup", job.at("/failure/phase").asText(), job.toString());
            assertEquals(1, api.results(moved).size(), "it keeps its results");
            String next = api.start("stubborn", Map.of("how", "nothing"));
            assertEquals("completed", api.awaitEnd(next).get("status").asText());
        }
    }

    private Server start(String name) {
        Server server = Server.start(folder.resolve(name), Path.of(System.getProperty("java.home")), SHORT_LADDER);
        server.api()
                .upload(ModuleJar.of(StubbornModule.class, "1.0.0", folder), "")
                .expect(200);
        return server;
    }

    private static String beginCleanup(Server server) {
        String id = server.api().start("stubborn", Map.of("how", "cleanup"));
        Eventually.eventually("a result", () -> !server.api().results(id).isEmpty());
        return id;
    }

    private static long since(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static void assertInTime(String what, long tookMs) {
        assertTrue(tookMs <= LONGEST_MS, () -> what + " took " + tookMs + " ms");
    }
}

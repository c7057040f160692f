package dev.pawl.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.FileSizeLimit;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of polling workers while their heartbeats stop, and while the server is away. */
class LeasesIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Map<String, String> SETTINGS = Map.of("PAWL_AUTH", "off", "PAWL_CLIENT_EXPIRY", "5s");

    @TempDir
    Path folder;

    private Server start() {
        return Server.start(folder.resolve("data"), JAVA, SETTINGS);
    }

    private static PollingWorker worker(Server server) {
        return new PollingWorker(Wire.to(server.url(), Library.REQUESTS));
    }

    private static String enqueue(Api api) {
        Map<String, ?> job = Map.of("job_title", "far", "tasks", List.of(Map.of("module", "far", "data", Map.of())));
        return api.post("/queue", job).expect(200).get("job_id").asText();
    }

    @Test
    void aSilentWorkersJobWaitsAfterTheExpiryAndIsItsOwnAgainAtItsNextBeat() throws Exception {
        try (Server server = start()) {
            Api api = server.api();
            PollingWorker worker = worker(server);
            String id = enqueue(api);
            JsonNode job = worker.poll();
            worker.beatAt(job, "far", "").expect(204);
            long silentFrom = System.nanoTime();
            Eventually.eventually(Duration.ofSeconds(25), () -> assertEquals("pending", api.status(id)));
            assertTrue(
                    System.nanoTime() - silentFrom >= Duration.ofMillis(4_900).toNanos(), "it was given 5 s");
            assertEquals("lease_lost", api.job(id).at("/runs/0/outcome").asText());
            api.get("/workers/" + PollingWorker.ID).expect(404);

            assertEquals("held", worker.beatAt(job, "far", "").headers().get("X-Pawl-Job"));
            JsonNode back = api.job(id);
            assertEquals("running", back.get("status").asText());
            assertEquals(job.get("epoch"), back.get("epoch"));
            assertEquals(PollingWorker.ID, back.get("worker_id").asText());
            assertNull(worker.poll(), "no other worker gets it");
            worker.complete(job, false, "{}").expect(204);
            assertEquals(1, api.job(id).get("runs").size());
        }
    }

    @Test
    void aServerThatWasKilledGivesItsWorkersTheirFullTime() throws Exception {
        String id;
        JsonNode job;
        try (Server server = start()) {
            id = enqueue(server.api());
            job = worker(server).poll();
            worker(server).beatAt(job, "far", "").expect(204);
            server.kill();
        }
        try (Server server = start()) {
            assertEquals("running", server.api().status(id));
            assertEquals("held", worker(server).beatAt(job, "far", "").headers().get("X-Pawl-Job"));
            assertEquals(0, server.terminate());
        }
        try (Server server = start()) {
            worker(server).complete(job, false, "{}").expect(204);
            JsonNode ended = server.api().job(id);
            assertEquals("completed", ended.get("status").asText());
            assertEquals(1, ended.get("runs").size(), ended::toString);
        }
    }

    @Test
    @Tag("sqlite")
    @EnabledIf(value = "dev.pawl.it.server.FileSizeLimit#isSupported", disabledReason = "There is no prlimit here.")
    void aWorkerFindsNothingWhileTheStoreTakesNoWritesAndWorksOnAfterwards() throws Exception {
        try (Server server = start()) {
            Api api = server.api();
            PollingWorker worker = worker(server);
            String id = enqueue(api);
            assertTrue(FileSizeLimit.set(server.pid(), 4096));
            Map<String, ?> large = Map.of("module", "far", "data", Map.of("text", "x".repeat(100_000)));
            api.post("/queue", Map.of("job_title", "far", "tasks", List.of(large)))
                    .expect(503);
            worker.beatIdle().expect(204);
            assertTrue(worker.mayPoll());
            assertNull(worker.poll());
            assertEquals(
                    503, api.get("/queue/poll?worker_id=" + PollingWorker.ID).status());
            assertTrue(FileSizeLimit.lift(server.pid()));
            JsonNode job = Eventually.eventuallyFind("the store accepts writes again", () -> {
                worker.beatIdle();
                return Optional.ofNullable(worker.poll());
            });
            assertEquals(id, job.get("job_id").asText());
            worker.complete(job, false, "{}").expect(204);
            assertEquals("completed", api.status(id));
        }
    }
}

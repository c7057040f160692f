package dev.pawl.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A polling worker that sends requests without a pause while the server is stopped and started, so that some of them arrive at every stage
 * of a stop and of a start. An answer that the program could not read would end it.
 */
class RestartsIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile Throwable end;
    private volatile boolean stopped;

    @Test
    void aPollerOutlivesRestarts() throws Exception {
        pollThrough(2);
    }

    @Test
    @Tag("nightly")
    void aPollerOutlivesTwoHundredRestarts() throws Exception {
        pollThrough(200);
    }

    /** Restarts the server; every second stop is a kill. */
    private void pollThrough(int restarts) throws Exception {
        int port = freePort();
        Map<String, String> settings =
                Map.of("PAWL_API_PORT", Integer.toString(port), "PAWL_AUTH", "off", "PAWL_CLIENT_EXPIRY", "5s");
        var worker = new PollingWorker(Wire.to(URI.create("http://127.0.0.1:" + port), Library.REQUESTS));
        Thread thread = new Thread(() -> work(worker), "polling-worker");
        thread.start();
        List<String> jobs = new ArrayList<>();
        try {
            for (int i = 0; i < restarts; i++) {
                try (Server server = Server.start(folder.resolve("data"), JAVA, settings)) {
                    awaitEndOf(jobs, server.api());
                    int before = asked.get();
                    Eventually.eventually(
                            Duration.ofSeconds(30),
                            () -> assertTrue(end != null || asked.get() > before + 5, "the worker no longer polls"));
                    assertNull(end, () -> "it ended: " + end);
                    jobs.add(enqueue(server.api())); // it may be at any stage when the server ends
                    if (i % 2 == 0) {
                        assertEquals(0, server.terminate());
                    } else {
                        server.kill();
                    }
                }
                assertNull(end, () -> "it ended: " + end);
            }
            try (Server server = Server.start(folder.resolve("data"), JAVA, settings)) {
                awaitEndOf(jobs, server.api());
            }
        } finally {
            stopped = true;
            thread.join();
        }
        assertNull(end, () -> "it ended: " + end);
    }

    private static String enqueue(Api api) {
        Map<String, ?> job = Map.of("job_title", "far", "tasks", List.of(Map.of("module", "far", "data", Map.of())));
        return api.post("/queue", job).expect(200).get("job_id").asText();
    }

    /** Waits for the latest job; the worker may have taken it, and the report of its end may have been lost with the server. */
    private static void awaitEndOf(List<String> jobs, Api api) {
        if (!jobs.isEmpty()) {
            assertEquals(
                    "completed",
                    api.awaitEnd(jobs.get(jobs.size() - 1)).get("status").asText());
        }
    }

    private void work(PollingWorker worker) {
        while (!stopped && end == null) {
            try {
                turn(worker);
            } catch (IOException refused) { // the worker takes this for a server that is restarting
                Thread.onSpinWait();
            } catch (RuntimeException e) {
                end = e;
            }
        }
    }

    private void turn(PollingWorker worker) throws IOException {
        worker.beatIdle();
        if (worker.mayPoll()) {
            asked.incrementAndGet();
            JsonNode job = worker.poll();
            if (job != null) {
                worker.beatAt(job, "far", ", \"progress\": 50");
                worker.complete(job, false, "{}");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

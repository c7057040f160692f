package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that carry an {@code Idempotency-Key} and are repeated because the server was killed before it answered. */
class KeyedRequestsIT {

    private static final int KILLS = 4;
    private static final int REQUESTS_BEFORE_A_KILL = 30;
    private static final String BODY = "{\"module_id\": \"hello\", \"inputs\": {\"name\": \"Ann\"}}";

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ObjectMapper json = new ObjectMapper();

    /** The id of the job by the key of its request. */
    private final Map<String, String> jobs = new HashMap<>();

    private int next;
    private int repeated;

    private Optional<String> post(Server server, String key) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/jobs"))
                    .timeout(Duration.ofSeconds(30))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(folder.resolve("data/admin.token"))
                                            .strip())
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response::body);
            return Optional.of(json.readTree(response.body()).get("id").asText());
        } catch (IOException killed) {
            return Optional.empty();
        }
    }

    private void postUntilKilled(Server server, CountDownLatch many) {
        try {
            while (true) {
                String key = "key-" + next;
                Optional<String> id = post(server, key);
                if (id.isEmpty()) {
                    return; // the same key is used again after the restart
                }
                jobs.put(key, id.get());
                next++;
                many.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachKeyMakesOneJobWheneverTheProcessIsKilled() throws Exception {
        Path data = folder.resolve("data");
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = Server.start(data)) {
                for (Map.Entry<String, String> known : Map.copyOf(jobs).entrySet()) {
                    assertEquals(
                            Optional.of(known.getValue()), post(server, known.getKey()), "the first answer, again");
                    repeated++;
                }
                CountDownLatch many = new CountDownLatch(REQUESTS_BEFORE_A_KILL);
                Thread client = new Thread(() -> postUntilKilled(server, many));
                client.start();
                many.await();
                server.kill();
                client.join();
            }
        }
        try (Server server = Server.start(data)) {
            String last = "key-" + next; // its answer was lost, whether or not the job was added
            jobs.put(last, post(server, last).orElseThrow());
            JsonNode list = server.api().get("/jobs?limit=1000").expect(200).get("jobs");
            assertEquals(new HashSet<>(jobs.values()), new HashSet<>(list.findValuesAsText("id")));
            assertTrue(repeated > KILLS * REQUESTS_BEFORE_A_KILL, () -> repeated + " repetitions");
        }
    }
}

package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the older system, which reads from every answer of the queue whether it is disabled and ends when it does not say so. */
class RestartsIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger read = new AtomicInteger();
    private final List<String> unreadable = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    @Test
    void aPollerOutlivesRestarts() throws Exception {
        pollThrough(3);
    }

    @Test
    @Tag("nightly")
    void aPollerOutlivesTwoHundredRestarts() throws Exception {
        pollThrough(200);
    }

    private void pollThrough(int restarts) throws Exception {
        int port = freePort();
        Map<String, String> settings = Map.of("PAWL_API_PORT", Integer.toString(port), "PAWL_AUTH", "off");
        Thread poller = new Thread(() -> poll(URI.create("http://127.0.0.1:" + port + "/queue")), "poller");
        poller.start();
        try {
            for (int i = 0; i < restarts; i++) {
                try (Server server = Server.start(folder.resolve("data"), JAVA, settings)) {
                    int before = read.get();
                    Eventually.eventually(Duration.ofSeconds(30), () -> assertTrue(read.get() > before));
                    assertEquals(0, server.terminate());
                }
            }
        } finally {
            ended = true;
            poller.interrupt();
            poller.join();
        }
        assertEquals(List.of(), unreadable);
    }

    private void poll(URI queue) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(queue).timeout(Duration.ofSeconds(30)).build();
        while (!ended) {
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                JsonNode disabled = json.readTree(answer.body()).at("/attributes/disabled");
                if (disabled.isBoolean()) {
                    read.incrementAndGet();
                } else {
                    unreadable.add(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException refused) { // which the client takes for a server that comes again
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

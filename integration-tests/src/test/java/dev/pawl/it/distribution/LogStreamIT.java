package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as it happens, over the WebSocket. */
class LogStreamIT {

    @TempDir
    Path folder;

    private Server server;

    @BeforeEach
    void startTheServer() {
        server = Server.start(
                folder.resolve("data"), Path.of(System.getProperty("java.home")), Map.of("PAWL_AUTH", "off"));
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void everyEntryArrivesOnceAndInOrderAndTheStreamEndsWithTheJob() throws Exception {
        Api api = server.api();
        String id = api.start("hello", Map.of("name", "World", "count", 40, "delay_ms", 10));
        Listener live = connect("/jobs/" + id + "/logs/stream");
        assertEquals(WebSocket.NORMAL_CLOSURE, live.closed.get(60, TimeUnit.SECONDS));

        Listener replay = connect("/jobs/" + id + "/logs/stream?after=0");
        assertEquals(WebSocket.NORMAL_CLOSURE, replay.closed.get(60, TimeUnit.SECONDS));
        List<Long> stored = new ArrayList<>();
        api.get("/jobs/" + id + "/logs?limit=1000")
                .expect(200)
                .get("logs")
                .forEach(entry -> stored.add(entry.get("sequence").asLong()));
        assertEquals(LongStream.rangeClosed(1, stored.size()).boxed().toList(), stored);
        assertEquals(stored, replay.sequences());
        List<Long> seen = live.sequences();
        assertEquals(stored.subList(stored.size() - seen.size(), stored.size()), seen);
    }

    @Test
    void anUnknownJobClosesTheStreamWith4004() throws Exception {
        Listener listener = connect("/jobs/" + UUID.randomUUID() + "/logs/stream");
        assertEquals(4004, listener.closed.get(10, TimeUnit.SECONDS));
    }

    private Listener connect(String path) {
        Listener listener = new Listener();
        URI url = URI.create(server.url().toString().replaceFirst("^http", "ws") + path);
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(url, listener)
                .join();
        return listener;
    }

    /** Keeps every frame until the stream is closed. */
    private static final class Listener implements WebSocket.Listener {

        private final List<String> frames = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }

        private List<Long> sequences() throws Exception {
            List<Long> sequences = new ArrayList<>();
            ObjectMapper json = new ObjectMapper();
            for (String frame : frames) {
                JsonNode entry = json.readTree(frame);
                if (entry.has("message")) {
                    sequences.add(entry.get("sequence").asLong());
                }
            }
            return sequences;
        }
    }
}

package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.LogFollower;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live log over the WebSocket. */
class LogStreamIT {

    @TempDir
    static Path folder;

    private static Server server;

    @BeforeAll
    static void startTheServer() {
        server = Server.start(
                folder.resolve("data"), Path.of(System.getProperty("java.home")), Map.of("PAWL_AUTH", "off"));
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @Test
    void everyEntryArrivesOnceAndInOrderAndTheStreamEndsWithTheJob() throws Exception {
        Api api = server.api();
        String id = api.start("hello", Map.of("name", "World", "count", 40, "delay_ms", 10));
        LogFollower live = connect("/jobs/" + id + "/logs/stream");
        assertEquals(WebSocket.NORMAL_CLOSURE, live.closeCode());

        LogFollower replay = connect("/jobs/" + id + "/logs/stream?after=0");
        assertEquals(WebSocket.NORMAL_CLOSURE, replay.closeCode());
        List<Long> stored = new ArrayList<>();
        api.get("/jobs/" + id + "/logs?limit=1000")
                .expect(200)
                .get("logs")
                .forEach(entry -> stored.add(entry.get("sequence").asLong()));
        assertEquals(LongStream.rangeClosed(1, stored.size()).boxed().toList(), stored);
        assertEquals(stored, sequences(replay));
        List<Long> seen = sequences(live);
        assertEquals(stored.subList(stored.size() - seen.size(), stored.size()), seen);
    }

    @Test
    void anUnknownJobClosesTheStreamWith4004() throws Exception {
        LogFollower listener = connect("/jobs/" + UUID.randomUUID() + "/logs/stream");
        assertEquals(4004, listener.closeCode());
    }

    private LogFollower connect(String path) {
        return new LogFollower(
                HttpClient.newHttpClient().newWebSocketBuilder(), server.url().resolve(path));
    }

    private static List<Long> sequences(LogFollower follower) throws Exception {
        List<Long> sequences = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String text : follower.texts()) {
            JsonNode entry = json.readTree(text);
            if (entry.has("message")) {
                sequences.add(entry.get("sequence").asLong());
            }
        }
        return sequences;
    }
}

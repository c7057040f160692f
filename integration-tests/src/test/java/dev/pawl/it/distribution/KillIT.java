package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.file.FileTree;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data that is there after a SIGKILL in the middle of work. */
class KillIT {

    private static final int STEPS = 60;

    @TempDir
    Path folder;

    @Test
    void killedJobsGoOnFromTheirCheckpointsAndEmitEachResultOnce() {
        Path data = folder.resolve("data");
        List<String> ids = new ArrayList<>();
        try (Server server = Server.start(data)) {
            for (int n = 0; n < 5; n++) {
                ids.add(server.api().start("hello", Map.of("name", "World", "count", STEPS, "delay_ms", 20)));
            }
            Eventually.eventually("work under way", () -> resultCount(server.api(), ids.get(4)) >= 5);
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            Eventually.eventually("work under way again", () -> resultCount(api, ids.get(0)) >= 20);
            server.kill();
        }
        try (Server server = Server.start(data)) {
            for (String id : ids) {
                JsonNode job = server.api().awaitEnd(id);
                assertEquals("completed", job.get("status").asText(), job.toString());
                assertEquals(
                        IntStream.rangeClosed(1, STEPS).boxed().toList(),
                        server.api().results(id).stream()
                                .map(row -> row.get("iteration").asInt())
                                .toList());
            }
        }
    }

    @Test
    void anAcknowledgedJobIsThereAfterAKillAtOnce() {
        Path data = folder.resolve("data");
        List<String> acknowledged = new ArrayList<>();
        try (Server server = Server.start(data)) {
            Api api = server.api();
            api.json("PATCH", "/queue", Map.of("disabled", true)).expect(200);
            for (int n = 0; n < 50; n++) {
                acknowledged.add(api.start("hello", Map.of("name", "n" + n, "count", 1)));
            }
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            for (String id : acknowledged) {
                assertEquals("pending", api.status(id));
                assertEquals("queue_paused", api.job(id).at("/reason/code").asText());
            }
            api.json("PATCH", "/queue", Map.of("disabled", false)).expect(200);
            for (String id : acknowledged) {
                assertEquals("completed", api.awaitEnd(id).get("status").asText());
            }
        }
    }

    @Test
    void theBundleCacheMayBeDeletedBetweenTwoStarts() throws IOException {
        Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            server.api().post("/modules/hello/disable", Map.of()).expect(200);
            server.api().post("/modules/cleanup/enable", Map.of()).expect(200);
            server.terminate();
        }
        FileTree.delete(data.resolve("cache"));
        try (Server server = Server.start(data)) {
            JsonNode hello = server.api().get("/modules/hello").expect(200);
            assertEquals("disabled", hello.get("state").asText(), hello.toString());
            JsonNode cleanup = server.api().get("/modules/cleanup").expect(200);
            assertEquals("ready", cleanup.get("state").asText(), cleanup.toString());
        }
    }

    @Test
    void aSecondServerOnTheSameFolderRefusesAndNamesTheFirst() throws Exception {
        Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            Process second = Server.command(data, Path.of(System.getProperty("java.home")), List.of("serve"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(second.waitFor() != 0, said);
            assertTrue(said.contains(String.valueOf(server.pid())), said);
            assertEquals(
                    "online",
                    server.api().get("/status/health").expect(200).get("status").asText());
        }
    }

    private static int resultCount(Api api, String id) {
        return api.get("/jobs/" + id + "/results").expect(200).get("total").asInt();
    }
}

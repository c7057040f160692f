package dev.pawl.it.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inbox of callbacks of a real server, as the older engine's clients use it, and hooks that start jobs from it. */
final class InboxIT {

    @TempDir
    private Path folder;

    @Test
    void aCallbackStartsTheJobOfItsHookWithItAndOnce() throws Exception {
        try (Server server = Server.start(folder.resolve("data"))) {
            startsOnce(server);
        }
    }

    private void startsOnce(Server server) throws Exception {
        Api api = server.api();
        Map<String, Object> hook = Map.of(
                "scheme",
                "callbacks",
                "callback_source",
                "renderer",
                "delivery_id",
                "/callback_id",
                "job",
                Map.of("module_id", "hello", "job_title", "done", "inputs", Map.of("count", 1)),
                "mapping",
                Map.of("name", "/payload/title"));
        api.json("PUT", "/hooks/done", hook).expect(200);
        Map<String, Object> callback = Map.of(
                "callback_id", "order-7", "source", "renderer", "status", "done", "payload", Map.of("title", "Moon"));
        JsonNode receipt = api.post("/callbacks", callback).expect(200);
        assertTrue(receipt.get("received").asBoolean());
        JsonNode job = api.awaitEnd(receipt.get("job_id").asText());
        assertEquals("Moon", job.get("inputs").get("name").asText());
        JsonNode again = api.post("/callbacks", callback).expect(200);
        assertNotEquals(receipt.get("id"), again.get("id"));
        assertFalse(again.has("job_id"), "the same order starts no second job");
        assertEquals(1, api.get("/jobs?q=done").expect(200).get("jobs").size());
        JsonNode refused = api.post(
                        "/callbacks",
                        Map.of("callback_id", "order-8", "source", "renderer", "payload", Map.of("other", 1)))
                .expect(200);
        assertFalse(refused.has("job_id"));
        JsonNode kept = api.get("/callbacks?source=renderer").expect(200).get("callbacks");
        assertEquals(3, kept.size(), "each callback is kept, whatever came of it");
        assertEquals(refused.get("id"), kept.get(0).get("id"), "the latest first");
        assertEquals(
                "refused",
                api.get("/hooks/done")
                        .expect(200)
                        .get("last_call")
                        .get("outcome")
                        .asText());
        assertEquals(
                401,
                new HookSender()
                        .send(HookSender.request(server.url(), "done", "{}", Map.of()))
                        .status(),
                "it takes no calls");
    }

    @Test
    void theOlderEnginesClientsUseTheInboxAsItIs() throws IOException, InterruptedException {
        Path data = folder.resolve("older");
        String id;
        try (Server server = Server.start(data)) {
            Api api = server.api();
            JsonNode receipt = api.post(
                            "/callbacks",
                            Map.of("callback_id", "a", "source", "s", "payload", Map.of("n", 1), "extra", true))
                    .expect(200);
            id = receipt.get("id").asText();
            assertTrue(receipt.get("received").asBoolean());
            api.post("/callbacks", Map.of()).expect(200);
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            JsonNode one = api.get("/callbacks/" + id).expect(200);
            assertEquals("a", one.get("callback_id").asText());
            assertEquals(1, one.get("payload").get("n").asInt());
            assertEquals(
                    2,
                    api.get("/callbacks?limit=1000")
                            .expect(200)
                            .get("callbacks")
                            .size());
            assertEquals(
                    1,
                    api.get("/callbacks?callback_id=a&source=s")
                            .expect(200)
                            .get("callbacks")
                            .size());
            assertEquals(
                    "deleted",
                    api.delete("/callbacks/" + id).expect(200).get("status").asText());
            assertEquals(404, api.get("/callbacks/" + id).status());
            assertEquals(404, api.delete("/callbacks/nonsense").status());
        }
    }
}

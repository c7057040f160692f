package dev.pawl.it.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People with tokens of their own at the real server, and what the audit keeps of them, also when the process is killed. */
class AuditedChangesIT {

    private static final Map<String, Object> HELLO = Map.of("module_id", "hello", "inputs", Map.of("name", "Ann"));
    private static final int KILLS = 4;
    private static final int JOBS_BEFORE_A_KILL = 40;

    @TempDir
    Path folder;

    private static JsonNode token(Api admin, Map<String, Object> request) {
        return admin.post("/tokens", request).expect(201);
    }

    private static Api with(Server server, JsonNode token) {
        return new Api(server.url(), token.get("token").asText());
    }

    @Test
    void aTokenThatIsBoundToItsOwnJobsSeesNoOthersAndEachChangeHasItsAuthor() throws Exception {
        Path data = folder.resolve("data");
        JsonNode ann;
        String hers;
        String another;
        try (Server server = Server.start(data)) {
            Api admin = server.api();
            ann = token(admin, Map.of("name", "ann", "role", "operator", "own_jobs", true));
            Api own = with(server, ann);
            hers = own.post("/jobs", HELLO).expect(200).get("id").asText();
            another = admin.post("/jobs", HELLO).expect(200).get("id").asText();
            own.get("/jobs/" + another).expect(404);
            own.post("/jobs/" + another + "/stop", Map.of()).expect(404);
            own.get("/status/config").expect(403);
            admin.awaitEnd(hers);
            admin.awaitEnd(another);
        }
        try (Server server = Server.start(data)) { // it holds after a restart too
            Api own = with(server, ann);
            JsonNode jobs = own.get("/jobs").expect(200).get("jobs");
            assertEquals(1, jobs.size(), jobs::toString);
            assertEquals(hers, jobs.get(0).get("id").asText());
            assertEquals("ann", jobs.get(0).get("started_by").asText());
            Api admin = server.api();
            List<String> starts =
                    admin.get("/audit?action=job.start").expect(200).findValuesAsText("target");
            assertEquals(List.of(another, hers), starts);
            JsonNode refused = admin.get("/audit?who=ann").expect(200).get("entries");
            assertTrue(refused.toString().contains("\"outcome\":\"refused\""), refused::toString);
            admin.delete("/tokens/" + ann.get("id").asText()).expect(204);
            own.get("/jobs").expect(401);
            JsonNode revoked =
                    admin.get("/audit?action=token.revoke").expect(200).at("/entries/0");
            assertEquals(ann.get("id").asText(), revoked.get("target").asText());
            assertTrue(admin.get("/audit/verify").expect(200).get("sound").asBoolean());
        }
    }

    @Test
    void noJobIsThereWithoutItsEntryWheneverTheProcessIsKilled() throws Exception {
        Path data = folder.resolve("data");
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = Server.start(data)) {
                Api api = server.api();
                CountDownLatch many = new CountDownLatch(JOBS_BEFORE_A_KILL);
                Thread starter = new Thread(() -> startUntilKilled(api, many));
                starter.start();
                many.await();
                server.kill();
                starter.join();
            }
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            Set<String> jobs = all(api, "/jobs?limit=1000", "jobs", "id");
            Set<String> started = all(api, "/audit?action=job.start&limit=1000", "entries", "target");
            assertTrue(jobs.size() >= KILLS * JOBS_BEFORE_A_KILL, () -> jobs.size() + " jobs");
            assertEquals(jobs, started);
            JsonNode verified = api.get("/audit/verify").expect(200);
            assertTrue(verified.get("sound").asBoolean(), verified::toString);
        }
    }

    private static void startUntilKilled(Api api, CountDownLatch many) {
        try {
            while (true) {
                api.post("/jobs", HELLO).expect(200);
                many.countDown();
            }
        } catch (RuntimeException killed) {
            many.countDown(); // the connection broke
        }
    }

    /** The values of a field in all pages of a list. */
    private static Set<String> all(Api api, String path, String list, String field) {
        Set<String> values = new HashSet<>();
        JsonNode page = api.get(path).expect(200);
        while (true) {
            page.get(list).forEach(entry -> values.add(entry.get(field).asText()));
            JsonNode next = page.path("next_cursor");
            if (next.isNull() || next.isMissingNode()) {
                return values;
            }
            page = api.get(path + "&cursor=" + next.asText()).expect(200);
        }
    }
}

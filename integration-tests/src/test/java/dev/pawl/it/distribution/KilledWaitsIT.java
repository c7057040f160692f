package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that wait for each other, and actions on many, on a server that is killed again and again. */
class KilledWaitsIT {

    private static final int JOBS = 80;
    private static final int KILLS = 5;
    private static final int MANY = 3_000;

    @TempDir
    Path folder;

    @Test
    void afterKillsEachJobHasRunAfterAllForWhichItWaited() {
        Path data = folder.resolve("data");
        Random random = new Random(7);
        List<String> ids = new ArrayList<>();
        Map<String, Set<Integer>> after = new HashMap<>();
        Server server = Server.start(data);
        try {
            JsonNode answer = server.api()
                    .json("POST", "/jobs", Map.of("jobs", batch(random, after)))
                    .expect(200);
            answer.get("jobs").forEach(job -> ids.add(job.get("id").asText()));
            for (int n = 0; n < KILLS; n++) {
                int ended = (n + 1) * JOBS / (KILLS + 1);
                Api api = server.api();
                Eventually.eventually("some have ended", () -> count(api, "completed") >= ended);
                server.kill();
                server.close();
                server = Server.start(data);
            }
            Map<String, JsonNode> jobs = new HashMap<>();
            for (String id : ids) {
                jobs.put(id, server.api().awaitEnd(id));
                assertEquals("completed", jobs.get(id).get("status").asText(), jobs.get(id)::toString);
            }
            for (int n = 0; n < JOBS; n++) {
                for (int other : after.get("jobs[" + n + "]")) {
                    assertFalse(
                            time(jobs.get(ids.get(n)), "started_at")
                                    .isBefore(time(jobs.get(ids.get(other)), "completed_at")),
                            "job " + n + " began before job " + other + " had ended");
                }
            }
        } finally {
            server.close();
        }
    }

    @Test
    void anEndReachesThousandsThatWaitForItOverAKill() {
        Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            Api api = server.api();
            String first = api.start("hello", Map.of("name", "World", "count", 10_000, "delay_ms", 100));
            addMany(api, Map.of("module_id", "hello", "inputs", Map.of("name", "x"), "after", List.of(first)));
            api.post("/jobs/" + first + "/stop", Map.of()).expect(200);
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Eventually.eventually("all have failed", () -> count(server.api(), "failed") == MANY);
            assertEquals(0, count(server.api(), "pending"));
        }
    }

    @Test
    void aRetryOfManyInTheBackgroundMakesEachJobOnceOverAKill() {
        Path data = folder.resolve("data");
        String action;
        try (Server server = Server.start(data)) {
            Api api = server.api();
            String first = api.start("hello", Map.of("name", "World", "count", 10_000, "delay_ms", 100));
            addMany(
                    api,
                    Map.of("module_id", "hello", "inputs", Map.of("name", "x", "count", 1), "after", List.of(first)));
            api.post("/jobs/" + first + "/stop", Map.of()).expect(200);
            Eventually.eventually("all have failed", () -> count(api, "failed") == MANY);
            action = api.json(
                            "POST",
                            "/jobs/actions",
                            Map.of("action", "retry", "filter", Map.of("status", "failed"), "async", true))
                    .expect(200)
                    .get("job_id")
                    .asText();
            Eventually.eventually("some are retried", () -> total(api) > MANY + 500);
            server.kill();
        }
        try (Server server = Server.start(data)) {
            Api api = server.api();
            assertEquals("completed", api.awaitEnd(action).get("status").asText());
            String cursor = "";
            int made = 0;
            do {
                JsonNode page = api.get("/jobs?limit=1000" + cursor).expect(200);
                for (JsonNode job : page.get("jobs")) {
                    boolean isNew = !job.get("status").asText().equals("failed")
                            && job.get("module_id").asText().equals("hello");
                    made += isNew ? 1 : 0;
                }
                cursor = page.path("next_cursor").isTextual()
                        ? "&cursor=" + page.get("next_cursor").asText()
                        : "";
            } while (!cursor.isEmpty());
            assertEquals(MANY + 1, made, "the retries, and the job that was stopped");
        }
    }

    private static List<Map<String, Object>> batch(Random random, Map<String, Set<Integer>> after) {
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (int n = 0; n < JOBS; n++) {
            Set<Integer> others = new HashSet<>();
            for (int m = random.nextInt(4); n > 0 && m > 0; m--) {
                others.add(random.nextInt(n));
            }
            after.put("jobs[" + n + "]", others);
            jobs.add(Map.of(
                    "module_id",
                    "hello",
                    "inputs",
                    Map.of("name", "n" + n, "count", 3, "delay_ms", 10),
                    "after",
                    others.stream().map(other -> "jobs[" + other + "]").toList()));
        }
        return jobs;
    }

    private static void addMany(Api api, Map<String, Object> job) {
        for (int n = 0; n < MANY; n += 1_000) {
            List<Map<String, Object>> jobs = new ArrayList<>();
            for (int m = 0; m < 1_000; m++) {
                jobs.add(job);
            }
            api.json("POST", "/jobs", Map.of("jobs", jobs)).expect(200);
        }
    }

    private static int count(Api api, String status) {
        return api.get("/jobs/counts?exact=true")
                .expect(200)
                .at("/counts/" + status)
                .asInt();
    }

    private static int total(Api api) {
        int total = 0;
        for (JsonNode count : api.get("/jobs/counts?exact=true").expect(200).get("counts")) {
            total += count.asInt();
        }
        return total;
    }

    private static OffsetDateTime time(JsonNode job, String member) {
        return OffsetDateTime.parse(job.get(member).asText());
    }
}

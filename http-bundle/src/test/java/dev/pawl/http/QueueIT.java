package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.testkit.fake.Jobs;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Queue, workers and data, the routes that external workers use. */
final class QueueIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void theQueueTakesJobsWhoseModulesAreNotHere() throws Exception {
        Map<?, ?> added = ok(server.send(
                "POST",
                "/queue",
                "{\"job_title\": \"Far\", \"tasks\": [{\"module\": \"nowhere\", \"data\": {\"a\": 1}}]}"));
        Map<?, ?> queue = ok(server.get("/queue"));
        assertEquals(1, queue.get("entries"));
        assertEquals(Map.of("disabled", false), queue.get("attributes"));
        Map<?, ?> waiting = (Map<?, ?>) ((List<?>) queue.get("queue")).get(0);
        assertEquals(added.get("job_id"), waiting.get("job_id"));
        assertEquals("Far", waiting.get("job_title"));
        assertEquals(List.of(Map.of("module", "nowhere", "data", Map.of("a", 1))), waiting.get("tasks"));
    }

    @Test
    void theQueueIsPausedAndCleared() throws Exception {
        server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.PENDING));
        assertEquals(Map.of("disabled", true), ok(server.send("PATCH", "/queue", "{\"disabled\": true}")));
        assertEquals(Map.of("disabled", true), ok(server.get("/queue")).get("attributes"));
        assertEquals(204, server.send("DELETE", "/queue", "").statusCode());
        assertEquals(0, ok(server.get("/queue")).get("entries"));
        ok(server.send("PATCH", "/queue", "{\"disabled\": false}"));
        assertTrue(problem(400, "PAWL-300", server.send("PATCH", "/queue", "{\"disabled\": \"yes\"}"))
                .contains("disabled is the text \"yes\"; it takes true or false."));
    }

    @Test
    void theReasonsOfTheQueueHaveTheirNumbers() throws Exception {
        server.scheduler.forget();
        server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.PENDING));
        List<?> reasons = (List<?>) ok(server.get("/queue/reasons")).get("reasons");
        assertEquals(
                Map.of(
                        "code", "queued",
                        "count", 1,
                        "oldest_created_at", "2026-01-01T10:00:00.123+00:00",
                        "sentence", "Queued behind 2 jobs.",
                        "unblocked_by", "It starts when they have ended."),
                reasons.get(0));
        server.scheduler.forget();
        assertEquals(Map.of("reasons", List.of()), ok(server.get("/queue/reasons")));
    }

    @Test
    void aPollHandsOutTheNextJob() throws Exception {
        Job job = Jobs.of(Jobs.request("hello"), JobStatus.RUNNING);
        server.workers.waiting.add(job);
        Map<?, ?> handed = ok(server.get("/queue/poll?worker_id=w1&modules=hello,files"));
        assertEquals(List.of("job_id", "job_title", "added", "epoch", "tasks"), List.copyOf(handed.keySet()));
        assertEquals(job.id().toString(), handed.get("job_id"));
        assertTrue(server.workers.lastPoll.startsWith("w1 "), server.workers.lastPoll);
        assertTrue(server.workers.lastPoll.contains("files"), server.workers.lastPoll);
        problem(404, "PAWL-116", server.get("/queue/poll"));
        assertEquals("null null", server.workers.lastPoll);
    }

    @Test
    void noClientCanTakeTextOfAJobForHtml() throws Exception {
        JobRequest request = JobRequest.builder(List.of(new Task("encode", Map.of("a&lt", "x&quot;y&copy.mkv"))))
                .title("Tom &amp; Jerry <½>")
                .build();
        server.workers.waiting.add(Jobs.of(request, JobStatus.RUNNING));
        HttpResponse<String> handed = server.get("/queue/poll");
        assertFalse(handed.body().contains("&"), handed.body());
        assertEquals("Tom &amp; Jerry <½>", ok(handed).get("job_title"));
        assertEquals(
                List.of(Map.of("module", "encode", "data", Map.of("a&lt", "x&quot;y&copy.mkv"))),
                ok(handed).get("tasks"));
    }

    @Test
    void onlyAGetPolls() throws Exception {
        server.workers.waiting.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        HttpResponse<String> refused = server.send("HEAD", "/queue/poll", "");
        assertEquals(405, refused.statusCode());
        assertEquals("GET, OPTIONS", refused.headers().firstValue("Allow").orElseThrow());
        assertEquals(1, server.workers.waiting.size());
        server.workers.waiting.clear();
    }

    @Test
    void anExternalWorkerEndsItsJob() throws Exception {
        assertEquals(
                204,
                server.send("PATCH", "/jobs/abcdef12/completed", "{\"failed\": true, \"info\": {\"why\": \"disk\"}}")
                        .statusCode());
        assertEquals("abcdef12 true {why=disk}", server.workers.lastEnd);
        server.send("PATCH", "/jobs/abcdef12/completed", "{\"failed\": false, \"epoch\": 7}");
        assertEquals("abcdef12 run 7 false {}", server.workers.lastEnd);
        problem(404, "PAWL-100", server.send("PATCH", "/jobs/unknown1/completed", "{\"failed\": false}"));
        problem(400, "PAWL-300", server.send("PATCH", "/jobs/abcdef12/completed", "{\"info\": {}}"));
    }

    @Test
    void aServerIsDrainedAndTakenBack() throws Exception {
        String beat = "{\"status\": \"idle\", \"hostname\": \"box\"}";
        assertEquals(204, server.send("POST", "/workers/s1", beat).statusCode());
        String drain = "{\"drain\": true, \"drain_timeout\": \"2m\"}";
        assertEquals(Map.of("disabled", false, "drain", true), ok(server.send("PATCH", "/workers/s1", drain)));
        assertEquals(Duration.ofMinutes(2), server.workers.drains.get("s1"));
        assertEquals("draining", ok(server.get("/workers/s1")).get("drain_state"));
        assertEquals(
                Map.of("disabled", true, "drain", false),
                ok(server.send("PATCH", "/workers/s1", "{\"drain\": false, \"disabled\": true}")));
        assertFalse(ok(server.get("/workers/s1")).containsKey("drain_state"));
        problem(400, "PAWL-300", server.send("PATCH", "/workers/s1", "{}"));
        problem(400, "PAWL-300", server.send("PATCH", "/workers/s1", "{\"drain_timeout\": \"2m\"}"));
        assertTrue(server.workers.drains.isEmpty());
        server.send("DELETE", "/workers/s1", "");
    }

    @Test
    void workersBeatAndAreListed() throws Exception {
        String beat = "{\"status\": \"in_progress\", \"online_at\": \"2026-01-01T10:00:00.123456+01:00\","
                + " \"hostname\": \"node\", \"version\": \"1.5\", \"task\": \"files\","
                + " \"job_id\": \"00000000-0000-0001-0000-000000000002\", \"job_title\": \"T\", \"progress\": 12.5,"
                + " \"info\": {\"file\": \"a\"}}";
        HttpResponse<String> taken = server.send("POST", "/workers/w1", beat);
        assertEquals(204, taken.statusCode());
        assertEquals("ended", taken.headers().firstValue("X-Pawl-Job").orElseThrow());
        Map<?, ?> shown = ok(server.get("/workers/w1"));
        assertEquals("w1", shown.get("worker_id"));
        assertEquals("in_progress", shown.get("status"));
        assertEquals("2026-01-01T09:00:00.123+00:00", shown.get("online_at"));
        assertEquals("00000000-0000-0001-0000-000000000002", shown.get("job_id"));
        assertEquals(new BigDecimal("12.5"), shown.get("progress"));
        assertEquals(Map.of("file", "a"), shown.get("info"));
        assertEquals(Map.of("disabled", false, "drain", false), shown.get("attributes"));
        assertEquals(1, ok(server.get("/workers")).get("count"));
        Map<String, Boolean> disabled = Map.of("disabled", true, "drain", false);
        assertEquals(disabled, ok(server.send("PATCH", "/workers/w1", "{\"disabled\": true}")));
        assertEquals(disabled, ok(server.get("/workers/w1")).get("attributes"));
        assertEquals(204, server.send("DELETE", "/workers/w1", "").statusCode());
        problem(404, "PAWL-500", server.send("DELETE", "/workers/w1", ""));
        problem(404, "PAWL-500", server.get("/workers/w1"));
    }

    @Test
    void anIdleWorkerHasNoTask() throws Exception {
        String beat =
                "{\"status\": \"idle\", \"hostname\": \"node\", \"version\": \"1\", \"task\": null, \"info\": null}";
        assertEquals(204, server.send("POST", "/workers/w2", beat).statusCode());
        Map<?, ?> shown = ok(server.get("/workers/w2"));
        assertNull(shown.get("task"));
        assertTrue(!shown.containsKey("task") && !shown.containsKey("job_id") && !shown.containsKey("info"));
        assertEquals(204, server.send("DELETE", "/workers/w2", "").statusCode());
    }

    @Test
    void aHeartbeatIsTakenWhateverItSays() throws Exception {
        String beat =
                "{\"status\": 7, \"online_at\": \"None\", \"progress\": 194, \"info\": \"pass 1\", \"more\": [1]}";
        assertEquals(204, server.send("POST", "/workers/w3", beat).statusCode());
        Map<?, ?> shown = ok(server.get("/workers/w3"));
        assertEquals("pass 1", shown.get("info"));
        assertEquals(new BigDecimal("100.0"), shown.get("progress"));
        assertNull(shown.get("online_at"));
        assertEquals(204, server.send("DELETE", "/workers/w3", "").statusCode());
    }

    @Test
    void theEndOfAJobTakesAnyInfo() throws Exception {
        for (String info : List.of("\"why\"", "[1]", "5", "null")) {
            String end = "{\"failed\": true, \"info\": " + info + "}";
            assertEquals(
                    204, server.send("PATCH", "/jobs/abcdef12/completed", end).statusCode(), end);
        }
    }

    @Test
    void documentsComeBackWithTheirName() throws Exception {
        String document = "{\"exact\": 0.12345678901234567890, \"list\": [1, {\"a\": null}]}";
        assertEquals(
                204, server.send("POST", "/data/files/last%20run", document).statusCode());
        HttpResponse<String> answer = server.get("/data/files/last%20run");
        assertTrue(answer.body().contains("0.12345678901234567890"), answer.body());
        assertEquals("last run", ok(answer).get("name"));
        assertEquals(
                204,
                server.send("POST", "/data/files/last%20run", answer.body()).statusCode());
        assertEquals(answer.body(), server.get("/data/files/last%20run").body());
        assertEquals(204, server.send("DELETE", "/data/files/last%20run", "").statusCode());
        problem(404, "PAWL-510", server.send("DELETE", "/data/files/last%20run", ""));
        problem(404, "PAWL-510", server.get("/data/files/last%20run"));
    }

    @Test
    void theNameOfADocumentMayHoldAPercentSign() throws Exception {
        assertEquals(204, server.send("POST", "/data/files/100%25%20done", "{}").statusCode());
        assertEquals("100% done", ok(server.get("/data/files/100%25%20done")).get("name"));
        problem(400, "PAWL-300", server.get("/data/files/a%252F..%2Fb"));
        assertEquals("%2F", ok(stored("%252F")).get("name"));
    }

    private static HttpResponse<String> stored(String name) throws Exception {
        assertEquals(204, server.send("POST", "/data/files/" + name, "{}").statusCode());
        return server.get("/data/files/" + name);
    }

    @Test
    void aDocumentIsHandedOnAsItsText() throws Exception {
        assertEquals(
                204,
                server.send("POST", "/data/files/x", "{\"name\": \"x\", \"a\": 1.50}")
                        .statusCode());
        assertEquals("{\"name\":\"x\",\"a\":1.50}", server.documents.get("files", "x"));
        assertTrue(problem(400, "PAWL-300", server.send("POST", "/data/files/x", "{\"a\": 1, \"a\": 2}"))
                .contains("a is given twice (line 1"));
    }
}

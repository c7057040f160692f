package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.job.Failure;
import dev.pawl.api.job.Job;
import dev.pawl.api.job.JobRequest;
import dev.pawl.api.job.JobResult;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.job.Phase;
import dev.pawl.http.fake.Jobs;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobsIT {

    @TempDir
    static Path data;

    static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(data);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.scheduler.jobs.clear();
        server.scheduler.requests.clear();
    }

    @Test
    void aJobOfOneModuleStarts() throws Exception {
        HttpResponse<String> answer = server.send("POST", "/jobs", """
                {"module_id": "hello", "inputs": {"name": "Wörld", "count": 3, "ratio": 0.5, "list": [1, null]},
                 "settings": {"greeting": "Hi"}, "max_duration": "2h", "job_title": "Greet", "priority": 5,
                 "retry": {"max_attempts": 3, "backoff": "1s", "max_backoff": 90}, "unique_key": "k",
                 "not_before": "2026-01-02T03:04:05+02:00"}""");
        Map<?, ?> started = ok(answer);
        assertEquals("pending", started.get("status"));
        assertEquals(Optional.of("/jobs/" + started.get("id")), answer.headers().firstValue("Location"));
        JobRequest request = server.scheduler.requests.get(0);
        assertEquals("Greet", request.title());
        assertEquals("Wörld", request.tasks().get(0).inputs().get("name"));
        assertEquals(3, request.tasks().get(0).inputs().get("count"));
        assertEquals(0.5, request.tasks().get(0).inputs().get("ratio"));
        assertEquals(Map.of("greeting", "Hi"), request.settings());
        assertEquals(Optional.of(Duration.ofHours(2)), request.maxDuration());
        assertEquals(5, request.priority());
        assertEquals(3, request.retry().maxAttempts());
        assertEquals(Duration.ofSeconds(90), request.retry().maxBackoff());
        assertEquals(Optional.of("k"), request.uniqueKey());
        assertEquals(Optional.of(Instant.parse("2026-01-02T01:04:05Z")), request.notBefore());
    }

    @Test
    void aJobThatWaitsForATimeIsResumed() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.PENDING));
        String id = job.id().toString();
        assertEquals(Map.of("id", id, "status", "pending"), ok(server.send("POST", "/jobs/" + id + "/resume", "")));
        assertTrue(server.scheduler.resumed.contains(job.id()));
        problem(404, "PAWL-100", server.send("POST", "/jobs/unknown1/resume", ""));
    }

    @Test
    void aJobOfSeveralTasksStarts() throws Exception {
        ok(server.send("POST", "/jobs", """
                {"job_title": "Both", "tasks": [{"module": "a", "data": {"x": 1}}, {"module": "b"}]}"""));
        JobRequest request = server.scheduler.requests.get(0);
        assertEquals("a", request.tasks().get(0).module());
        assertEquals(Map.of("x", 1), request.tasks().get(0).inputs());
        assertEquals("b", request.tasks().get(1).module());
        assertTrue(request.tasks().get(1).inputs().isEmpty());
    }

    @Test
    void aWrongRequestIsToldWhatItsFieldTakes() throws Exception {
        Map.of(
                        "{\"module_id\": \"hello\", \"input\": {}}",
                                "input is not known here; known are module_id, inputs",
                        "{\"inputs\": {}}", "module_id is missing; it takes the id of a module",
                        "{\"module_id\": 7}", "module_id is 7; it takes a text.",
                        "{\"module_id\": \"hello\", \"inputs\": []}", "inputs is a list; it takes an object.",
                        "{\"module_id\": \"hello\", \"max_duration\": \"soon\"}",
                                "max_duration is the text \"soon\"; it takes a duration such as 30s",
                        "{\"tasks\": [{\"data\": {}}]}", "tasks[0].module is missing; it takes a text.",
                        "{\"tasks\": [{\"module\": \"a\", \"x\": 1}]}", "tasks[0].x is not known here",
                        "{\"module_id\": \"hello\", \"retry\": {\"backoff\": \"1s\"}}",
                                "retry.max_attempts is missing; it takes a whole number.",
                        "{\"module_id\": \" \"}", "module_id has 1 characters; it takes 1 to 200",
                        "{\"module_id\": \"hello\"", "The body is no JSON")
                .forEach((body, detail) -> assertRefused("PAWL-300", body, detail));
        assertRefused("PAWL-300", "[]", "The body is not an object");
        assertRefused("PAWL-300", "{\"tasks\": [{\"module\": \"\"}]}", "tasks[0].module has 0 characters");
        assertRefused(
                "PAWL-300",
                "{\"module_id\": \"hello\", \"not_before\": \"+10000-01-01T00:00:00Z\"}",
                "it takes a time in ISO 8601");
        assertRefused(
                "PAWL-104",
                "{\"module_id\": \"hello\", \"max_duration\": \"366d\"}",
                "max_duration is 31622400 seconds; it takes");
        assertRefused("PAWL-104", "{\"module_id\": \"hello\", \"priority\": 5000}", "priority is 5000; it takes");
        assertRefused("PAWL-104", "{\"module_id\": \"hello\", \"priority\": 99999999999}", "it takes -1000 to 1000");
        assertRefused("PAWL-104", "{\"tasks\": []}", "tasks has 0 entries");
        assertRefused("PAWL-101", "{\"module_id\": \"nowhere\"}", "There is no module \"nowhere\".");
        assertRefused("PAWL-300", "[".repeat(200), "nests deeper than 100 levels");
        assertRefused("PAWL-300", "{\"module_id\": \"a\", \"module_id\": \"b\"}", "module_id is given twice");
        assertRefused("PAWL-300", "", "The body is empty");
    }

    @Test
    void largeBodiesAreRefused() throws Exception {
        String text = "x".repeat(1 << 20);
        String inputs = "{\"module_id\": \"hello\", \"inputs\": {\"a\": \"" + text + "\"}}";
        assertTrue(
                problem(413, "PAWL-303", server.send("POST", "/jobs", inputs)).contains("at most 1 MiB"));
        String body = "{\"job_title\": \"" + text.repeat(4) + "\"}";
        assertTrue(problem(413, "PAWL-303", server.send("POST", "/jobs", body)).contains("larger than 4 MiB"));
        assertTrue(server.scheduler.requests.isEmpty());
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/jobs")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("module_id=hello")));
        assertTrue(problem(415, "PAWL-304", answer).contains("application/json"));
    }

    @Test
    void aJobIsShownWithEverything() throws Exception {
        var failure = new Failure(Phase.RUN, 0, "hello", "It broke.", "stack…");
        Job job = server.scheduler.add(Jobs.of(UUID.randomUUID(), Jobs.request("hello"), JobStatus.FAILED, failure));
        Map<?, ?> shown = ok(server.get("/jobs/" + job.id().toString().substring(0, 8)));
        assertEquals(job.id().toString(), shown.get("id"));
        assertEquals(job.id().toString(), shown.get("job_id"));
        assertEquals("hello", shown.get("module_id"));
        assertEquals("hello", shown.get("job_title"));
        assertEquals("failed", shown.get("status"));
        assertEquals(Map.of("name", "World"), shown.get("inputs"));
        assertEquals(Map.of(), shown.get("settings"));
        assertEquals(List.of(Map.of("module", "hello", "data", Map.of("name", "World"))), shown.get("tasks"));
        assertEquals("2026-01-01T10:00:00.123+00:00", shown.get("created_at"));
        assertEquals("2026-01-01T10:00:00.123+00:00", shown.get("added"));
        assertEquals("2026-01-01T10:00:03.123+00:00", shown.get("completed_at"));
        assertEquals("It broke.", shown.get("error"));
        Map<String, Object> failed = new HashMap<>(
                Map.of("phase", "run", "task_index", 0, "module", "hello", "message", "It broke.", "stack", "stack…"));
        failed.put("remedy", null);
        assertEquals(failed, shown.get("failure"));
        assertEquals(Map.of("counted", 2), shown.get("checkpoint"));
        assertEquals(40.0, shown.get("progress"));
        assertEquals(Map.of("file", "a.txt"), shown.get("info"));
        assertNull(shown.get("reason"));
    }

    @Test
    void aJobListsItsRuns() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        Map<?, ?> shown = ok(server.get("/jobs/" + job.id()));
        assertEquals("1.2.0", shown.get("module_version"));
        List<?> runs = (List<?>) shown.get("runs");
        Map<?, ?> first = (Map<?, ?>) runs.get(0);
        assertEquals(1, first.get("epoch"));
        assertEquals(0, first.get("task_index"));
        assertEquals("hello", first.get("module"));
        assertEquals("1.1.0", first.get("module_version"));
        assertEquals("worker-1", first.get("worker_id"));
        assertEquals("2026-01-01T10:00:00.123+00:00", first.get("started_at"));
        assertEquals("2026-01-01T10:00:01.123+00:00", first.get("ended_at"));
        assertEquals("retry", first.get("outcome"));
        assertEquals("No such host.", ((Map<?, ?>) first.get("failure")).get("message"));
        Map<?, ?> second = (Map<?, ?>) runs.get(1);
        assertEquals("running", second.get("outcome"));
        assertNull(second.get("ended_at"));
        assertNull(second.get("failure"));
    }

    @Test
    void aWaitingJobSaysWhy() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.PENDING));
        Map<?, ?> reason = (Map<?, ?>) ok(server.get("/jobs/" + job.id())).get("reason");
        assertEquals("queued", reason.get("code"));
        assertEquals("Queued behind 2 jobs.", reason.get("sentence"));
        assertEquals(reason, ok(server.get("/jobs/" + job.id() + "/why")));
    }

    @Test
    void listsAreFiltered() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.COMPLETED));
        Map<?, ?> page = ok(server.get("/jobs?status=completed&module=hello&q=x%20y&limit=7&cursor=c"));
        assertEquals("next", page.get("next_cursor"));
        assertEquals(job.id().toString(), ((Map<?, ?>) ((List<?>) page.get("jobs")).get(0)).get("id"));
        assertEquals(Optional.of(JobStatus.COMPLETED), server.scheduler.filter.status());
        assertEquals(Optional.of("hello"), server.scheduler.filter.module());
        assertEquals(Optional.of("x y"), server.scheduler.filter.text());
        assertEquals(Optional.of("c"), server.scheduler.filter.cursor());
        assertEquals(7, server.scheduler.filter.limit());
    }

    @Test
    void parametersOutsideTheirRangeAreRefused() throws Exception {
        Map.of(
                        "/jobs?status=done", "status is \"done\"; it takes one of pending, running",
                        "/jobs?limit=0", "limit is \"0\"; it takes a whole number, 1 to 1000.",
                        "/jobs?limit=x", "it takes a whole number",
                        "/jobs?stauts=failed", "The parameter stauts is not known here; known are status",
                        "/jobs?limit=1&limit=2", "The parameter limit is given twice.",
                        "/status?x=1", "The parameter x is not known here; none is.")
                .forEach((path, detail) -> {
                    try {
                        String told = problem(400, "PAWL-300", server.get(path));
                        assertTrue(told.contains(detail), told);
                    } catch (Exception e) {
                        throw new AssertionError(path, e);
                    }
                });
    }

    @Test
    void aStopAnswersWhenTheJobHasStopped() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        var stopped = new CompletableFuture<Job>();
        server.scheduler.stopping = stopped;
        try {
            CompletableFuture<HttpResponse<String>> answer = server.client.sendAsync(
                    server.request("/jobs/" + job.id() + "/stop")
                            .POST(BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertFalse(answer.isDone());
            stopped.complete(Jobs.of(job.id(), job.request(), JobStatus.STOPPED, null));
            assertEquals(Map.of("status", "stopped", "job_id", job.id().toString()), ok(answer.get()));
        } finally {
            server.scheduler.stopping = null;
        }
    }

    @Test
    void stoppingWhatHasEndedIsNotFound() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.COMPLETED));
        problem(404, "PAWL-115", server.send("POST", "/jobs/" + job.id() + "/stop", ""));
        problem(404, "PAWL-100", server.send("POST", "/jobs/00000000/stop", ""));
    }

    @Test
    void aRunningJobIsNotRemoved() throws Exception {
        Job running = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        Job ended = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.COMPLETED));
        problem(409, "PAWL-113", server.send("DELETE", "/jobs/" + running.id(), ""));
        assertEquals(204, server.send("DELETE", "/jobs/" + ended.id(), "").statusCode());
        problem(404, "PAWL-100", server.get("/jobs/" + ended.id()));
    }

    @Test
    void logsAreTheLastLinesOrThoseAfterANumber() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        for (int i = 1; i <= 5; i++) {
            server.scheduler.log(job, "line " + i);
        }
        assertEquals(List.of(4, 5), sequences(server.get("/jobs/" + job.id() + "/logs?limit=2")));
        assertEquals(List.of(2, 3), sequences(server.get("/jobs/" + job.id() + "/logs?limit=2&after=1")));
        Map<?, ?> line = (Map<?, ?>)
                ((List<?>) ok(server.get("/jobs/" + job.id() + "/logs")).get("logs")).get(0);
        assertEquals("2026-01-01T10:00:00.123+00:00", line.get("timestamp"));
        assertEquals("INFO", line.get("level"));
        assertEquals("line 1", line.get("message"));
    }

    @Test
    void resultsAreTheObjectsAsTheyAreKept() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        String kept = "{\"n\":1.10,\"big\":123456789012345678901234567890}";
        server.scheduler.results.put(
                job.id(),
                List.of(new JobResult(1, Jobs.CREATED, 0, kept, false), new JobResult(2, Jobs.CREATED, 0, "{}", true)));
        HttpResponse<String> answer = server.get("/jobs/" + job.id() + "/results");
        assertTrue(answer.body().contains("\"data\":" + kept), answer.body());
        Map<?, ?> page = ok(answer);
        assertEquals(2, page.get("total"));
        Map<?, ?> last = (Map<?, ?>) ((List<?>) page.get("results")).get(1);
        assertEquals(Map.of(), last.get("data"));
        assertEquals(true, last.get("tentative"));
    }

    @Test
    void aDefectIsToldWithoutItsInsides() throws Exception {
        server.scheduler.failure = new IllegalStateException("secret inside");
        try {
            HttpResponse<String> answer = server.get("/status");
            assertEquals("The server failed at this request.", problem(500, "PAWL-602", answer));
            assertFalse(answer.body().contains("secret inside"));
        } finally {
            server.scheduler.failure = null;
        }
    }

    private static List<?> sequences(HttpResponse<String> answer) {
        return ((List<?>) ok(answer).get("logs"))
                .stream().map(entry -> ((Map<?, ?>) entry).get("sequence")).toList();
    }

    private static void assertRefused(String code, String body, String detail) {
        try {
            String told = problem(400, code, server.send("POST", "/jobs", body));
            assertTrue(told.contains(detail), body + " was told: " + told);
        } catch (Exception e) {
            throw new AssertionError(body, e);
        }
        assertTrue(server.scheduler.requests.isEmpty(), body);
    }
}

package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.Jobs;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Existing jobs: shown, resumed, stopped and removed, with their logs and results. */
final class JobsIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void aJobThatWaitsForATimeIsResumed() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.PENDING));
        String id = job.id().toString();
        assertEquals(Map.of("id", id, "status", "pending"), ok(server.send("POST", "/jobs/" + id + "/resume", "")));
        assertTrue(server.scheduler.resumed.contains(job.id()));
        problem(404, "PAWL-100", server.send("POST", "/jobs/unknown1/resume", ""));
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
        assertEquals(new BigDecimal("40.0"), shown.get("progress"));
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
        assertEquals(List.of(), first.get("done_tasks"));
        Map<?, ?> second = (Map<?, ?>) runs.get(1);
        assertEquals(
                List.of(Map.of("task_index", 0, "module", "hello", "module_version", "1.1.9")),
                second.get("done_tasks"));
        assertEquals("running", second.get("outcome"));
        assertNull(second.get("ended_at"));
        assertNull(second.get("failure"));
    }

    @Test
    void theRunsOfAJobComeAPageAtATime() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        String path = "/jobs/" + job.id();
        Map<?, ?> shown = ok(server.get(path));
        assertEquals(0, shown.get("runs_left_out"));
        Map<?, ?> all = ok(server.get(path + "/runs"));
        assertEquals(shown.get("runs"), all.get("runs"));
        assertNull(all.get("next_before"));
        Map<?, ?> latest = ok(server.get(path + "/runs?limit=1"));
        assertEquals(List.of(((List<?>) shown.get("runs")).get(1)), latest.get("runs"));
        assertEquals(2, latest.get("next_before"));
        Map<?, ?> first = ok(server.get(path + "/runs?limit=1&before=2"));
        assertEquals(List.of(((List<?>) shown.get("runs")).get(0)), first.get("runs"));
        assertNull(first.get("next_before"));
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
            Eventually.eventually("the scheduler is called", () -> server.scheduler.askedToStop.contains(job.id()));
            ok(server.get("/status")); // an answer that did not wait would have arrived by now
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
        assertEquals(line.get("timestamp"), line.get("created_at"));
        assertEquals(1, line.get("id"));
        assertEquals("INFO", line.get("level"));
        assertEquals("line 1", line.get("message"));
    }

    @Test
    void aLogIsSelectedByNumbersTextAndLevelAndTellsItsExtent() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        for (int i = 1; i <= 5; i++) {
            server.scheduler.log(job, i % 2 == 0 ? "Even " + i : "odd " + i);
        }
        String logs = "/jobs/" + job.id() + "/logs";
        assertEquals(List.of(2, 3), sequences(server.get(logs + "?before=4&limit=2")));
        assertEquals(List.of(2), sequences(server.get(logs + "?after=1&before=3")));
        Map<?, ?> even = ok(server.get(logs + "?q=even&limit=1"));
        assertEquals(List.of(5, 2, 0), List.of(even.get("total"), even.get("matches"), even.get("dropped_to")));
        assertEquals(List.of(4), sequences(server.get(logs + "?q=even&limit=1")));
        assertEquals(List.of(), sequences(server.get(logs + "?level=WARNING")));
        assertEquals(5, sequences(server.get(logs + "?level=DEBUG")).size());
        String detail = problem(400, "PAWL-300", server.get(logs + "?level=loud"));
        assertTrue(detail.contains("DEBUG, INFO, WARNING, ERROR"), detail);
        assertTrue(problem(400, "PAWL-300", server.get(logs + "?before=0")).contains("before"));
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
        assertEquals(2, last.get("id"));
        assertEquals(last.get("timestamp"), last.get("created_at"));
    }

    @Test
    void aDefectIsToldWithoutItsInsides() throws Exception {
        server.scheduler.failure = new IllegalStateException("secret inside");
        try {
            HttpResponse<String> answer = server.get("/status");
            assertEquals("The server could not handle this request.", problem(500, "PAWL-602", answer));
            assertFalse(answer.body().contains("secret inside"));
        } finally {
            server.scheduler.failure = null;
        }
    }

    private static List<?> sequences(HttpResponse<String> answer) {
        return ((List<?>) ok(answer).get("logs"))
                .stream().map(entry -> ((Map<?, ?>) entry).get("sequence")).toList();
    }
}

package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.fake.Jobs;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that start a job, or a failed one again, accepted and refused. */
final class StartJobsIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

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
        assertEquals(new BigDecimal("0.5"), request.tasks().get(0).inputs().get("ratio"));
        assertEquals(Map.of("greeting", "Hi"), request.settings());
        assertEquals(Optional.of(Duration.ofHours(2)), request.maxDuration());
        assertEquals(5, request.priority());
        assertEquals(3, request.retry().maxAttempts());
        assertEquals(Duration.ofSeconds(90), request.retry().maxBackoff());
        assertEquals(Optional.of("k"), request.uniqueKey());
        assertEquals(Optional.of(Instant.parse("2026-01-02T01:04:05Z")), request.notBefore());
    }

    @Test
    void aFailedJobIsRetriedAsANewOne() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.FAILED));
        String path = "/jobs/" + job.id() + "/retry";
        HttpResponse<String> answer = server.send("POST", path, "{\"from_task\": 0, \"inputs\": {\"count\": 5}}");
        Object id = ok(answer).get("id");
        assertEquals(Optional.of("/jobs/" + id), answer.headers().firstValue("Location"));
        JobRetry asked = server.scheduler.retries.get(0);
        assertEquals(Map.of("count", 5), asked.inputs());
        assertEquals(job.id().toString(), ok(server.get("/jobs/" + id)).get("retry_of"));

        assertEquals("pending", ok(server.send("POST", path, "")).get("status"), "the body may be missing");
        problem(409, "PAWL-122", server.send("POST", "/jobs/" + id + "/retry", ""));
        problem(404, "PAWL-100", server.send("POST", "/jobs/unknown1/retry", ""));
        problem(400, "PAWL-104", server.send("POST", path, "{\"from_task\": 3000000000}"));
        problem(400, "PAWL-300", server.send("POST", path, "{\"from_task\": \"first\"}"));
    }

    @Test
    void aJobBelongsToTheTraceOfItsRequest() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        HttpRequest.Builder request = server.request("/jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"module_id\": \"hello\"}"));
        Map<?, ?> traced = ok(server.send(request.copy().header("traceparent", trace)));
        assertEquals(trace, ok(server.get("/jobs/" + traced.get("id"))).get("traceparent"));
        Map<?, ?> untraced = ok(server.send(request.header("traceparent", "00-nonsense")));
        assertFalse(ok(server.get("/jobs/" + untraced.get("id"))).containsKey("traceparent"));
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
                                "input is unknown; the known fields are module_id, inputs",
                        "{\"inputs\": {}}", "module_id is missing; it takes the id of a module",
                        "{\"module_id\": 7}", "module_id is 7; it takes a text.",
                        "{\"module_id\": \"hello\", \"inputs\": []}", "inputs is a list; it takes an object.",
                        "{\"module_id\": \"hello\", \"max_duration\": \"soon\"}",
                                "max_duration is the text \"soon\"; it takes a duration such as 30s",
                        "{\"tasks\": [{\"data\": {}}]}", "tasks[0].module is missing; it takes a text.",
                        "{\"tasks\": [{\"module\": \"a\", \"x\": 1}]}", "tasks[0].x is unknown",
                        "{\"module_id\": \"hello\", \"retry\": {\"backoff\": \"1s\"}}",
                                "retry.max_attempts is missing; it takes a whole number.",
                        "{\"module_id\": \" \"}", "module_id has 1 characters; it takes 1 to 200",
                        "{\"module_id\": \"hello\"", "The body is not valid JSON")
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

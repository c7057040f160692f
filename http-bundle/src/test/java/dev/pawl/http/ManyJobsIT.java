package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.After;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.JobAction;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.OpenWaits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Batches of jobs, waits for others, and actions on many. */
final class ManyJobsIT {

    private static final String BATCH = """
            {"jobs": [{"module_id": "a"}, {"module_id": "b", "after": ["jobs[0]"], "on": "ended"}]}""";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private static String detail(String path, String body, int status) throws Exception {
        HttpResponse<String> refused = server.send("POST", path, body);
        assertEquals(status, refused.statusCode(), refused::body);
        return refused.body();
    }

    @Test
    void theJobsOfABatchAreStartedTogether() throws Exception {
        HttpResponse<String> answer = server.send("POST", "/jobs", BATCH);
        List<?> jobs = (List<?>) ok(answer).get("jobs");
        assertEquals(2, jobs.size());
        assertEquals(Set.of("id", "status", "existing"), ((Map<?, ?>) jobs.get(0)).keySet());
        assertFalse(answer.headers().firstValue("Location").isPresent());
        JobRequest second = server.scheduler.requests.get(1);
        assertEquals(new After(List.of("jobs[0]"), After.On.ENDED), second.after());
    }

    @Test
    void aBatchThatIsRepeatedGetsItsFirstAnswer() throws Exception {
        var request = server.request("/jobs")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "batch")
                .POST(BodyPublishers.ofString(BATCH));
        HttpResponse<String> first = server.send(request.copy());
        assertEquals(first.body(), server.send(request).body());
        assertEquals(2, server.scheduler.requests.size());
    }

    @Test
    void aBatchSaysWhichOfItsJobsIsWrong() throws Exception {
        assertTrue(detail("/jobs", "{\"jobs\": []}", 400).contains("jobs has 0 entries; it takes 1 to 1000."));
        assertTrue(detail("/jobs", "{\"jobs\": [{\"module_id\": \"a\"}], \"priority\": 1}", 400)
                .contains("jobs cannot be combined with priority"));
        assertTrue(detail("/jobs", "{\"jobs\": [{\"module_id\": \"a\"}, {\"module\": \"a\"}]}", 400)
                .contains("jobs[1].module is unknown"));
        assertTrue(detail("/jobs", "{\"jobs\": [{\"module_id\": \"a\", \"priority\": 5000}]}", 400)
                .contains("jobs[0]: priority is 5000"));
        assertTrue(detail("/jobs", "{\"module_id\": \"a\", \"on\": \"ended\"}", 400)
                .contains("on belongs to after"));
        assertTrue(detail("/jobs", "{\"module_id\": \"a\", \"after\": [\"12345678\"], \"on\": \"failed\"}", 400)
                .contains("it takes one of completed, ended."));
        assertTrue(server.scheduler.requests.isEmpty());
    }

    @Test
    void anActionIsCarriedOutOnTheJobsOfAFilter() throws Exception {
        server.actions.asked.clear();
        Map<?, ?> answer = ok(server.send("POST", "/jobs/actions", """
                {"action": "prioritize", "filter": {"status": "pending", "q": "night"}, "except": ["0000b8cd"],
                 "priority": 7}"""));
        assertEquals(true, answer.get("complete"));
        BulkAction asked = server.actions.asked.get(0);
        assertEquals(JobAction.PRIORITIZE, asked.action());
        assertEquals(Set.of(JobStatus.PENDING), asked.selected().orElseThrow().statuses());
        assertEquals(List.of("0000b8cd"), asked.except());
        assertEquals(7, asked.priority());
    }

    @Test
    void aDryRunOnlyCounts() throws Exception {
        server.actions.asked.clear();
        Map<?, ?> answer = ok(server.send(
                "POST", "/jobs/actions", "{\"action\": \"stop\", \"filter\": {\"module\": \"a\"}, \"dry_run\": true}"));
        assertEquals(0, answer.get("done"));
        assertTrue(server.actions.asked.isEmpty());
    }

    @Test
    void anActionInTheBackgroundIsAJobAndStartsOnce() throws Exception {
        server.actions.asked.clear();
        var request = server.request("/jobs/actions")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "action")
                .POST(BodyPublishers.ofString(
                        "{\"action\": \"remove\", \"filter\": {\"status\": \"completed\"}, \"async\": true}"));
        Map<?, ?> first = ok(server.send(request.copy()));
        assertEquals(Set.of("job_id"), first.keySet());
        assertEquals(first, ok(server.send(request)));
        assertEquals(1, server.actions.asked.size());
    }

    @Test
    void anActionThatMeansNothingIsRefused() throws Exception {
        assertTrue(detail("/jobs/actions", "{\"action\": \"stop\"}", 400).contains("filter and ids are missing"));
        assertTrue(detail("/jobs/actions", "{\"action\": \"stop\", \"filter\": {}}", 400)
                .contains("has no condition"));
        assertTrue(detail("/jobs/actions", "{\"action\": \"stop\", \"filter\": {\"q\": \" \"}}", 400)
                .contains("has no condition"));
        assertTrue(detail("/jobs/actions", "{\"action\": \"kill\", \"ids\": [\"a\"]}", 400)
                .contains("it takes one of stop, retry, remove, prioritize."));
        assertTrue(detail("/jobs/actions", "{\"action\": \"retry\", \"filter\": {\"status\": \"completed\"}}", 400)
                .contains("filter.status has completed; retry takes jobs that are failed, stopped."));
        assertTrue(detail("/jobs/actions", "{\"action\": \"prioritize\", \"filter\": {\"module\": \"a\"}}", 400)
                .contains("priority is missing"));
        assertTrue(detail(
                        "/jobs/actions",
                        "{\"action\": \"stop\", \"ids\": [\"12345678\"], \"async\": true, \"dry_run\": true}",
                        400)
                .contains("async cannot be combined"));
    }

    @Test
    void aBoundedTokenWaitsForItsJobsAloneAndSeesNoOthersThatWait() throws Exception {
        Object other =
                ok(server.send("POST", "/jobs", "{\"module_id\": \"mail\"}")).get("id");
        Object mine =
                ok(server.send("POST", "/jobs", "{\"module_id\": \"hello\"}")).get("id");
        server.scheduler.waits.put(
                UUID.fromString(mine.toString()),
                new OpenWaits(List.of(), 0, List.of(UUID.fromString(other.toString())), 1));
        String bound =
                (String) server.makeToken("{\"name\": \"bound\", \"role\": \"operator\", \"modules\": [\"hello\"]}")
                        .get("token");
        for (String body : List.of(
                "{\"module_id\": \"hello\", \"after\": [\"" + other + "\"]}",
                "{\"jobs\": [{\"module_id\": \"hello\", \"after\": [\"" + other + "\"]}]}")) {
            HttpResponse<String> refused = server.send(server.request("/jobs", bound)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
            assertEquals(400, refused.statusCode(), refused::body);
            assertTrue(
                    refused.body().contains("after[0] is \\\"" + other + "\\\"; there is no such job"), refused::body);
        }
        Map<?, ?> shown = ok(server.send(server.request("/jobs/" + mine, bound).GET()));
        assertEquals(List.of(), shown.get("awaited_by"));
        assertEquals(List.of(other), ok(server.get("/jobs/" + mine)).get("awaited_by"));
    }
}

package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.notification.JobDocuments;
import dev.pawl.testkit.fake.Jobs;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks over HTTP: what is asked for, what is shown of them, and what their receivers are shown of a job. */
final class CallbacksIT {

    private static final String URL = "https://ci.example.com/done?build=7";

    @TempDir
    static Path folder;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> folder);

    private static JobRequest withCallback() {
        return JobRequest.builder(Jobs.request("hello").tasks())
                .callback(new Callback(URL, Set.of(CallbackEvent.FAILED), "ci"))
                .build();
    }

    @Test
    void aRequestForAJobSaysWhoIsToldOfIt() throws Exception {
        HttpResponse<String> answer = server.send(
                "POST",
                "/jobs",
                "{\"module_id\": \"hello\", \"callback_url\": \"" + URL
                        + "\", \"callback_events\": [\"failed\"], \"callback_secret\": \"ci\"}");
        assertEquals(200, answer.statusCode(), answer.body());
        String id = (String) Answers.object(answer.body()).get("id");
        Map<?, ?> job = Answers.object(server.get("/jobs/" + id).body());
        assertEquals(URL, job.get("callback_url"));
        assertEquals(List.of("failed"), job.get("callback_events"));
        assertEquals("ci", job.get("callback_secret"));
        assertEquals(List.of(), job.get("callbacks"));
    }

    @Test
    void whatIsNoCallbackIsRefusedByTheNameOfItsField() throws Exception {
        for (List<String> wrong : List.of(
                List.of("\"callback_url\": \"ftp://ci.example.com/\"", "callback_url takes an address"),
                List.of("\"callback_url\": \"https://a:b@ci.example.com/\"", "callback_url carries a user name"),
                List.of("\"callback_url\": 7", "callback_url is 7"),
                List.of("\"callback_events\": [\"failed\"]", "callback_events needs a callback_url"),
                List.of("\"callback_secret\": \"ci\"", "callback_secret needs a callback_url"),
                List.of(
                        "\"callback_url\": \"" + URL + "\", \"callback_events\": [\"done\"]",
                        "callback_events is the text \"done\"; it takes one of running, completed, failed, stopped"),
                List.of("\"callback_url\": \"" + URL + "\", \"callback_events\": []", "callback_events is empty"),
                List.of(
                        "\"callback_url\": \"" + URL + "\", \"callback_secret\": \"no name\"",
                        "callback_secret takes the name of a secret"))) {
            HttpResponse<String> answer =
                    server.send("POST", "/jobs", "{\"module_id\": \"hello\", " + wrong.get(0) + "}");
            assertEquals(400, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains(wrong.get(1).replace("\"", "\\\"")), answer.body());
        }
    }

    @Test
    void aJobShowsItsDeliveriesAndTheirTries() throws Exception {
        UUID id = UUID.randomUUID();
        server.scheduler.add(Jobs.of(id, withCallback(), JobStatus.FAILED, null));
        server.callbacks.failed(id, CallbackEvent.FAILED);
        Map<?, ?> job = Answers.object(server.get("/jobs/" + id).body());
        Map<?, ?> delivery = (Map<?, ?>) ((List<?>) job.get("callbacks")).get(0);
        assertEquals(id + ".failed", delivery.get("id"));
        assertEquals("failed", delivery.get("state"));
        Map<?, ?> made = (Map<?, ?>) ((List<?>) delivery.get("tries")).get(0);
        assertEquals("gone", made.get("answer"));
        assertFalse(
                Answers.object(server.get("/jobs?limit=1").body()).toString().contains("callbacks"),
                "lists show no deliveries");
    }

    @Test
    void anEventIsToldAgainByItsNameOrItsId() throws Exception {
        UUID id = UUID.randomUUID();
        server.scheduler.add(Jobs.of(id, withCallback(), JobStatus.FAILED, null));
        server.callbacks.failed(id, CallbackEvent.FAILED);
        for (String name : List.of("failed", id + ".failed")) {
            HttpResponse<String> answer = server.send("POST", "/jobs/" + id + "/callbacks/" + name + "/retry", "{}");
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("waiting", Answers.object(answer.body()).get("state"));
        }
        HttpResponse<String> unknown = server.send("POST", "/jobs/" + id + "/callbacks/stopped/retry", "{}");
        assertEquals(404, unknown.statusCode());
        assertEquals("PAWL-430", Answers.object(unknown.body()).get("code"));
    }

    @Test
    void theReceiverIsShownTheJobAsAViewerWithoutItsDeliveries() throws Exception {
        UUID id = UUID.randomUUID();
        server.scheduler.add(Jobs.of(id, withCallback(), JobStatus.FAILED, null));
        server.callbacks.failed(id, CallbackEvent.FAILED);
        var reference = server.context().getServiceReference(JobDocuments.class);
        JobDocuments documents = server.context().getService(reference);
        String text = new String(documents.document(id).orElseThrow(), StandardCharsets.UTF_8);
        Map<String, Object> told = new LinkedHashMap<>();
        Answers.object(text).forEach((name, value) -> told.put(String.valueOf(name), value));
        Map<String, Object> shown = new LinkedHashMap<>();
        Answers.object(server.get("/jobs/" + id).body())
                .forEach((name, value) -> shown.put(String.valueOf(name), value));
        assertFalse(told.containsKey("callbacks"));
        shown.remove("callbacks");
        assertEquals(shown, told);
        assertTrue(documents.document(UUID.randomUUID()).isEmpty());
    }
}

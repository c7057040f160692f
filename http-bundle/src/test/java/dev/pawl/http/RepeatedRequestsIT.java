package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditRecord;
import dev.pawl.testkit.Eventually;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are repeated with their Idempotency-Key. */
final class RepeatedRequestsIT {

    private static final String HELLO = "{\"module_id\": \"hello\"}";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @AfterEach
    void letStartsGoOn() {
        server.scheduler.starting.complete(null);
        server.scheduler.starting = CompletableFuture.completedFuture(null);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAndStartsNothing() throws Exception {
        HttpResponse<String> first = post("/jobs", "a", HELLO);
        HttpResponse<String> again = post("/jobs", "a", HELLO);
        assertEquals(ok(first), ok(again));
        assertEquals(first.body(), again.body());
        assertEquals(first.headers().firstValue("Location"), again.headers().firstValue("Location"));
        assertEquals(Optional.of("true"), again.headers().firstValue("Idempotent-Replayed"));
        assertEquals(Optional.empty(), first.headers().firstValue("Idempotent-Replayed"));
        assertEquals(1, server.scheduler.requests.size());
    }

    @Test
    void theAuditSaysOfARepeatedRequestThatNothingWasDone() throws Exception {
        ok(post("/jobs", "audited", HELLO));
        long before = server.audit.after(0, 1_000).size();
        ok(post("/jobs", "audited", HELLO));
        List<AuditRecord> added = server.audit.after(before, 1_000);
        assertEquals(1, added.size());
        assertEquals("job.start", added.get(0).entry().action());
        assertEquals(
                "The request was repeated with its Idempotency-Key: it got the first answer again, and nothing was done.",
                added.get(0).entry().detail());
    }

    @Test
    void theFirstAnswerIsGivenAlsoWhenItsJobIsGone() throws Exception {
        HttpResponse<String> first = post("/queue", "b", HELLO);
        server.scheduler.jobs.clear();
        assertEquals(ok(first), ok(post("/queue", "b", HELLO)));
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() throws Exception {
        ok(post("/jobs", "c", HELLO));
        problem(422, "PAWL-311", post("/jobs", "c", "{\"module_id\": \"other\"}"));
        assertEquals(1, server.scheduler.requests.size());
    }

    @Test
    void aKeyCountsForItsRouteAlone() throws Exception {
        ok(post("/jobs", "d", HELLO));
        ok(post("/queue", "d", HELLO));
        assertEquals(2, server.scheduler.requests.size());
    }

    @Test
    void aRequestAtTheSameMomentIsToldToComeBack() throws Exception {
        server.scheduler.starting = new CompletableFuture<>();
        CompletableFuture<HttpResponse<String>> first =
                server.client.sendAsync(keyed("/jobs", "e", HELLO).build(), BodyHandlers.ofString());
        Eventually.eventually("the first arrives", () -> server.scheduler.requests.size() == 1);
        HttpResponse<String> second = post("/jobs", "e", HELLO);
        problem(409, "PAWL-310", second);
        assertEquals(Optional.of("1"), second.headers().firstValue("Retry-After"));
        server.scheduler.starting.complete(null);
        assertEquals(ok(first.get()), ok(post("/jobs", "e", HELLO)));
        assertEquals(1, server.scheduler.requests.size());
    }

    @Test
    void aRepeatedRequestForATokenGetsItsSecretAgainWhichOnlyTheKeyOpens() throws Exception {
        String key = UUID.randomUUID().toString();
        String request = "{\"name\": \"again\", \"role\": \"viewer\"}";
        HttpResponse<String> first = post("/tokens", key, request);
        HttpResponse<String> again = post("/tokens", key, request);
        assertEquals(201, first.statusCode());
        assertEquals(201, again.statusCode());
        assertEquals(first.body(), again.body());
        assertEquals(Optional.of("true"), again.headers().firstValue("Idempotent-Replayed"));
        String secret = String.valueOf(Answers.object(first.body()).get("token"));
        assertFalse(server.scheduler.answers.kept().contains(secret), "the secret is not kept");
        assertTrue(server.scheduler.answers.kept().contains("sealed"), server.scheduler.answers::kept);
        problem(422, "PAWL-311", post("/tokens", key, request.replace("again", "other")));
    }

    @Test
    void aKeyThatCouldBeGuessedSealsNothing() throws Exception {
        problem(400, "PAWL-300", post("/tokens", "k".repeat(21), "{\"name\": \"x\", \"role\": \"viewer\"}"));
    }

    @Test
    void aRefusedRequestLeavesItsKeyUnused() throws Exception {
        problem(400, "PAWL-101", post("/jobs", "f", "{\"module_id\": \"nowhere\"}"));
        problem(400, "PAWL-300", post("/jobs", "f", "{\"module_id\": 7}"));
        ok(post("/jobs", "f", HELLO));
    }

    @Test
    void aFailedStartLeavesItsKeyUnused() throws Exception {
        server.scheduler.starting = CompletableFuture.failedFuture(new IllegalStateException("broken"));
        problem(500, "PAWL-602", post("/jobs", "g", HELLO));
        server.scheduler.starting = CompletableFuture.completedFuture(null);
        ok(post("/jobs", "g", HELLO));
    }

    @Test
    void anInstallationIsRepeatedByItsKeyWhateverFormBroughtTheJar() throws Exception {
        int before = server.deployer.asked().size();
        HttpResponse<String> first = upload("h", "application/java-archive", "jar");
        HttpResponse<String> again = upload("h", "application/octet-stream", "jar");
        assertEquals(first.body(), again.body());
        assertEquals(before + 1, server.deployer.asked().size());
        problem(422, "PAWL-311", upload("h", "application/java-archive", "another jar"));
        String source = "{\"source_path\": \"/somewhere/x.jar\"}";
        HttpResponse<String> fromDisk = post("/modules/install", "h", source);
        assertEquals(ok(fromDisk), ok(post("/modules/install", "h", source)));
        assertEquals(before + 2, server.deployer.asked().size());
    }

    @Test
    void keysOutsideTheirRangeAreRefused() throws Exception {
        for (String key : new String[] {"x".repeat(256), "with space", "tab\tbed"}) {
            assertTrue(problem(400, "PAWL-300", post("/jobs", key, HELLO)).contains("Idempotency-Key"), key);
        }
        ok(post("/jobs", "x".repeat(255), HELLO));
        HttpRequest.Builder twice = keyed("/jobs", "i", HELLO).header("Idempotency-Key", "j");
        assertTrue(problem(400, "PAWL-300", server.send(twice)).contains("2 times"));
        assertEquals(1, server.scheduler.requests.size());
    }

    @Test
    void theAnswerSaysWhetherTheJobExisted() throws Exception {
        String unique = "{\"module_id\": \"hello\", \"unique_key\": \"k\"}";
        Map<?, ?> first = ok(server.send("POST", "/jobs", unique));
        Map<?, ?> second = ok(server.send("POST", "/jobs", unique));
        assertEquals(false, first.get("existing"));
        assertEquals(true, second.get("existing"));
        assertEquals(first.get("id"), second.get("id"));
        assertNotEquals(first.get("id"), ok(server.send("POST", "/jobs", HELLO)).get("id"));
    }

    private static HttpResponse<String> upload(String key, String type, String jar) throws Exception {
        return server.send(server.request("/modules")
                .header("Content-Type", type)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(jar)));
    }

    private static HttpResponse<String> post(String path, String key, String body) throws Exception {
        return server.send(keyed(path, key, body));
    }

    private static HttpRequest.Builder keyed(String path, String key, String body) throws Exception {
        return server.request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body));
    }
}

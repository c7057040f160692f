package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Role;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The routes of hooks and of the inbox of callbacks. */
final class HooksIT {

    private static final String DEPLOY =
            "{\"scheme\": \"github\", \"secret\": \"s3cret\", \"job\": {\"module_id\": \"hello\"},"
                    + " \"mapping\": {\"name\": \"/a/0\"}}";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void forget() {
        server.hooks.forget();
        server.inbox.forget();
    }

    private static HttpResponse<String> put(String json) throws IOException, InterruptedException {
        return server.send("PUT", "/hooks/deploy", json);
    }

    /** Calls without a token. */
    private HttpResponse<String> call(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path))
                .header("X-Mine", "one")
                .POST(BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aHookIsReadWithAllItsRulesAndAnsweredWithoutItsSecret() throws Exception {
        String full =
                "{\"scheme\": \"hmac\", \"header\": \"X-Mine\", \"secret\": \"s3cret\", \"former_secret\": \"0ld\","
                        + " \"job\": {\"tasks\": [{\"module\": \"hello\"}, {\"module\": \"hello\"}]},"
                        + " \"mappings\": [{\"name\": \"/a\"}, {\"name\": \"query:b\"}], \"missing\": \"omit\", \"role\": \"admin\","
                        + " \"filters\": [{\"value\": \"/a\", \"any_of\": [1, \"x\"]}, {\"value\": \"/b\", \"starts_with\": \"c\", \"not\": true}],"
                        + " \"delivery_id\": \"/id\", \"unique_for\": \"3d\", \"callback_source\": \"ci\", \"paused\": true}";
        Map<?, ?> shown = ok(put(full));
        assertFalse(shown.toString().contains("s3cret"), shown.toString());
        assertEquals("********", shown.get("secret"));
        assertEquals(List.of(Map.of("name", "/a"), Map.of("name", "query:b")), shown.get("mappings"));
        assertEquals(List.of("/id"), shown.get("delivery_ids"));
        HookRequest kept = server.hooks.request("deploy");
        assertEquals(HookScheme.HMAC, kept.auth().scheme());
        assertEquals("s3cret", kept.auth().secret());
        assertEquals("0ld", kept.auth().formerSecret());
        assertEquals(MissingValue.OMIT, kept.missing());
        assertEquals(Role.ADMIN, kept.job().role());
        assertEquals(Duration.ofDays(3), kept.uniqueFor());
        assertEquals(2, kept.filters().size());
        assertTrue(kept.paused());
        ok(put(DEPLOY));
        assertEquals(Role.OPERATOR, server.hooks.request("deploy").job().role(), "an admin's hook is no admin");
        assertEquals(1, ((List<?>) ok(server.get("/hooks")).get("hooks")).size());
        assertEquals(204, server.send("DELETE", "/hooks/deploy", "").statusCode());
        problem(404, "PAWL-440", server.get("/hooks/deploy"));
    }

    @Test
    void whatIsWrongWithAHookIsNamed() throws Exception {
        for (Map.Entry<String, String> wrong : Map.ofEntries(
                        Map.entry("\"mapping\": {\"name\": \"a\"}", "mapping.name is \"a\""),
                        Map.entry("\"mapping\": {\"name\": 7}", "mapping.name is no text"),
                        Map.entry("\"mapping\": {}, \"mappings\": []", "mapping and mappings"),
                        Map.entry("\"mappings\": [{}, {}]", "mappings has 2 entries"),
                        Map.entry("\"filters\": [{\"value\": \"x\"}]", "filters[0].value is \"x\""),
                        Map.entry("\"filters\": [{\"value\": \"/x\", \"any_of\": []}]", "any_of has 0"),
                        Map.entry(
                                "\"filters\": [{\"value\": \"/x\", \"any_of\": [null]}]",
                                "filters[0].any_of has a null"),
                        Map.entry("\"filters\": [{\"value\": \"/x\", \"any_of\": 7}]", "filters[0].any_of is no list"),
                        Map.entry(
                                "\"filters\": [{\"value\": \"/x\", \"equals\": 7, \"any_of\": [7]}]",
                                "filters[0].equals"),
                        Map.entry("\"unique_for\": \"1s\"", "unique_for is 1 seconds"),
                        Map.entry("\"delivery_id\": \"header:\"", "delivery_id is"),
                        Map.entry("\"header\": \"X-Other\"", "header is \"X-Other\""),
                        Map.entry("\"callback_source\": \"\"", "callback_source has 0"))
                .entrySet()) {
            String body = "{\"scheme\": \"github\", \"secret\": \"s3cret\", \"job\": {\"module_id\": \"hello\"}, "
                    + wrong.getKey() + "}";
            String detail = problem(400, "PAWL-441", put(body));
            assertTrue(detail.contains(wrong.getValue()), detail);
            assertFalse(detail.contains("s3cret"), detail);
        }
        problem(400, "PAWL-300", put(DEPLOY.replace("github", "unknown")));
        problem(400, "PAWL-441", put(DEPLOY.replace("\"secret\": \"s3cret\",", "")));
        problem(400, "PAWL-441", put(DEPLOY.replace("github", "none")));
        problem(400, "PAWL-441", put(DEPLOY.replace("github", "callbacks").replace("\"secret\": \"s3cret\",", "")));
        problem(400, "PAWL-441", server.send("PUT", "/hooks/-x", DEPLOY));
    }

    @Test
    void aCallArrivesAsItCameWithoutAToken() throws Exception {
        for (String type : List.of("application/json", "application/x-www-form-urlencoded", "text/plain", "a/b", "")) {
            Map<?, ?> receipt = ok(call("/hooks/deploy?env=prod&x=%2F", type, "{\"a\": [1]}"));
            assertEquals("started", receipt.get("outcome"));
            assertEquals(false, receipt.get("existing"));
            HookCall came = server.hooks.calls.get(server.hooks.calls.size() - 1);
            assertEquals(
                    "{\"a\": [1]}", StandardCharsets.UTF_8.decode(came.body()).toString());
            assertEquals(Map.of("env", "prod", "x", "/"), came.query());
            assertEquals("one", came.headers().get("x-mine"));
        }
        problem(413, "PAWL-303", call("/hooks/deploy", "application/json", "x".repeat((4 << 20) + 1)));
        assertEquals(5, server.hooks.calls.size());
    }

    @Test
    void aWrongProofIsSlowedAsAWrongTokenIsAndTheAuditCountsIt() throws Exception {
        server.hooks.refusal = new ProblemException(ProblemCode.HOOK_REFUSED, "No.");
        problem(401, "PAWL-442", call("/hooks/deploy", "", ""));
        int last = 401;
        for (int i = 0; i < 30 && last == 401; i++) {
            last = call("/hooks/deploy", "", "").statusCode();
        }
        assertEquals(429, last);
        assertTrue(server.audit.after(0, 100).stream()
                .anyMatch(record -> record.entry().action().equals("hook.call")
                        && record.entry().target().equals("deploy")));
        server.hooks.refusal = null;
        ok(call("/hooks/deploy", "", ""));
        assertEquals(200, server.get("/hooks").statusCode(), "a token that is in force is never slowed");
    }

    @Test
    void aPreviewTakesACallApart() throws Exception {
        ok(put(DEPLOY));
        ok(server.send(
                "POST",
                "/hooks/deploy/preview",
                "{\"headers\": {\"X-A\": \"b\"}, \"query\": {\"c\": \"d\"}, \"body\": {\"a\": [1.50]}}"));
        HookCall call = server.hooks.calls.get(0);
        assertEquals(
                "{\"a\":[1.50]}", StandardCharsets.UTF_8.decode(call.body()).toString());
        assertEquals(Map.of("x-a", "b", "content-type", "application/json"), call.headers());
        assertEquals(Map.of("c", "d"), call.query());
        ok(server.send("POST", "/hooks/deploy/preview", "{\"body\": \"as it is\"}"));
        assertEquals(
                "as it is",
                StandardCharsets.UTF_8.decode(server.hooks.calls.get(1).body()).toString());
        problem(400, "PAWL-300", server.send("POST", "/hooks/deploy/preview", "{\"headers\": {\"a\": 1}}"));
        problem(404, "PAWL-440", server.send("POST", "/hooks/other/preview", "{}"));
    }

    @Test
    void anInboxTakesAnyPayloadAndPassesOverUnknownFields() throws Exception {
        String json = JsonText.text(
                body -> JsonText.value(body, Map.of("callback_id", "a", "payload", List.of(1, "x"), "more", true)));
        assertEquals(true, ok(server.send("POST", "/callbacks", json)).get("received"));
        assertEquals(List.of(1, "x"), server.inbox.sent.get(0).payload());
        assertNull(server.inbox.sent.get(0).source());
        ok(server.send("POST", "/callbacks", "{}"));
        assertEquals(Map.of(), server.inbox.sent.get(1).payload());
        problem(400, "PAWL-300", server.send("POST", "/callbacks", "{\"source\": 7}"));
        problem(400, "PAWL-300", server.send("POST", "/callbacks", "{\"source\": \"" + "x".repeat(201) + "\"}"));
        problem(400, "PAWL-300", server.get("/callbacks?cursor=soon"));
        Map<?, ?> page = ok(server.get("/callbacks?limit=1"));
        assertEquals(1, ((List<?>) page.get("callbacks")).size());
        Map<?, ?> rest = ok(server.get("/callbacks?limit=1&cursor=" + page.get("next_cursor")));
        assertNull(rest.get("next_cursor"));
        problem(404, "PAWL-447", server.get("/callbacks/nonsense"));
    }

    @Test
    void aCallbackThatIsRepeatedWithItsKeyGetsTheFirstAnswer() throws Exception {
        HttpRequest.Builder request = server.request("/callbacks")
                .header("Idempotency-Key", "key-1")
                .header("Content-Type", "application/json")
                .method("POST", BodyPublishers.ofString("{\"source\": \"a\"}"));
        Object first = ok(server.send(request)).get("id");
        assertEquals(first, ok(server.send(request)).get("id"));
        assertEquals(1, server.inbox.sent.size());
        assertEquals("key-1", server.inbox.sent.get(0).requestKey());
    }
}

package dev.pawl.http;

import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.LogFollower;
import dev.pawl.testkit.fake.Jobs;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of browsers over HTTP, from the sign-in to the end. */
final class SessionIT {

    private static final String LISTED = "http://127.0.0.1:1";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data, Map.of("pawl.cors.origins", LISTED));

    @Test
    void aSessionStandsForItsToken() throws Exception {
        String token = token("ann", "operator", "");
        HttpResponse<String> opened = open("{\"token\": \"" + token + "\"}");
        Map<?, ?> session = Answers.ok(opened);
        assertEquals("ann", session.get("name"));
        assertEquals("operator", session.get("role"));
        String header = opened.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(header.matches("pawl_\\d+=[\\w-]{43}; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Strict"), header);

        String cookie = cookie(opened);
        assertEquals("ann", Answers.ok(read("/tokens/self", cookie)).get("name"));
        assertEquals(
                200, write("PATCH", "/queue", cookie, "{\"disabled\": false}").statusCode());
        problem(403, "PAWL-401", read("/tokens", cookie));
        Eventually.eventually("the audit names her", () -> server.audit.entries().stream()
                .anyMatch(entry -> entry.action().equals("queue.change")
                        && entry.who().equals("ann")
                        && entry.door().equals("console")));
        assertTrue(server.audit.entries().stream()
                .anyMatch(entry ->
                        entry.action().equals("session.open") && entry.who().equals("ann")));
    }

    @Test
    void theBoundsOfATokenAreThoseOfItsSession() throws Exception {
        String cookie =
                cookie(open("{\"token\": \"" + token("bound", "operator", ", \"modules\": [\"other\"]") + "\"}"));
        problem(403, "PAWL-407", write("POST", "/jobs", cookie, "{\"module_id\": \"hello\", \"inputs\": {}}"));
    }

    @Test
    void theEndOfATokenEndsItsSessionsAndTheirStreams() throws Exception {
        Map<?, ?> made = server.makeToken("{\"name\": \"brief\", \"role\": \"viewer\"}");
        String cookie = cookie(open("{\"token\": \"" + made.get("token") + "\"}"));
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        LogFollower follower = follow(job, cookie, own());
        Eventually.eventually("it follows", () -> server.scheduler.subscriptions.size() == 1);

        assertEquals(204, server.send("DELETE", "/tokens/" + made.get("id"), "").statusCode());
        assertEquals(4001, follower.closeCode());
        problem(401, "PAWL-400", read("/status", cookie));
    }

    @Test
    void signingOutEndsTheSessionAndItsStreams() throws Exception {
        String cookie = cookie(open("{\"token\": \"" + server.token() + "\"}"));
        String other = cookie(open("{\"token\": \"" + server.token() + "\"}"));
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        LogFollower follower = follow(job, cookie, own());
        Eventually.eventually("it follows", () -> server.scheduler.subscriptions.size() == 1);

        HttpResponse<String> closed = write("DELETE", "/session", cookie, "");
        assertEquals(204, closed.statusCode());
        assertTrue(closed.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
        assertEquals(4001, follower.closeCode());
        problem(401, "PAWL-400", read("/status", cookie));
        assertEquals(200, read("/status", other).statusCode());
        assertEquals(204, write("DELETE", "/session", cookie, "").statusCode(), "a second time is harmless");
        assertTrue(
                server.audit.entries().stream().anyMatch(entry -> entry.action().equals("session.close")));
    }

    @Test
    void signingInNeverKeepsTheCookieFromBefore() throws Exception {
        String first = cookie(open("{\"token\": \"" + token("ann", "viewer", "") + "\"}"));
        HttpResponse<String> again =
                server.send(own(json("/session", "{\"token\": \"" + server.token() + "\"}"), first));
        assertNotEquals(first, cookie(again));
        problem(401, "PAWL-400", read("/status", first));

        String planted = first.replaceFirst("=.*", "=" + "a".repeat(43));
        HttpResponse<String> fixed =
                server.send(own(json("/session", "{\"token\": \"" + server.token() + "\"}"), planted));
        assertNotEquals(planted, cookie(fixed));
        problem(401, "PAWL-400", read("/status", planted));
    }

    @Test
    void aCodeOpensOneSessionOfItsMaker() throws Exception {
        String token = token("ann", "viewer", "");
        HttpResponse<String> made =
                server.send(server.request("/session/codes", token).POST(BodyPublishers.noBody()));
        assertEquals(201, made.statusCode());
        String body = "{\"code\": \"" + Answers.object(made.body()).get("code") + "\"}";
        String cookie = cookie(open(body));
        assertEquals("ann", Answers.ok(read("/tokens/self", cookie)).get("name"));
        assertTrue(problem(401, "PAWL-400", open(body)).contains("spent"));
    }

    @Test
    void aCodeOfARevokedTokenOpensNothing() throws Exception {
        Map<?, ?> made = server.makeToken("{\"name\": \"brief\", \"role\": \"viewer\"}");
        HttpResponse<String> code = server.send(
                server.request("/session/codes", (String) made.get("token")).POST(BodyPublishers.noBody()));
        server.send("DELETE", "/tokens/" + made.get("id"), "");
        problem(
                401,
                "PAWL-400",
                open("{\"code\": \"" + Answers.object(code.body()).get("code") + "\"}"));
    }

    @Test
    void pagesOfOthersCannotUseTheCookie() throws Exception {
        String cookie = cookie(open("{\"token\": \"" + server.token() + "\"}"));
        List<HttpRequest.Builder> foreign = new ArrayList<>();
        String body = "{\"disabled\": true}";
        foreign.add(json("PATCH", "/queue", body)); // such as one of an old browser, which names no page
        foreign.add(json("PATCH", "/queue", body).header("Origin", "http://evil.example.org"));
        foreign.add(json("PATCH", "/queue", body).header("Origin", LISTED));
        foreign.add(json("PATCH", "/queue", body).header("Origin", "null"));
        foreign.add(json("PATCH", "/queue", body).header("Origin", own().replace("http:", "https:")));
        foreign.add(json("PATCH", "/queue", body).header("Sec-Fetch-Site", "same-site"));
        foreign.add(json("PATCH", "/queue", body).header("Sec-Fetch-Site", "cross-site"));
        foreign.add(json("PATCH", "/queue", body).header("Sec-Fetch-Site", "none"));
        foreign.add(json("DELETE", "/session", ""));
        foreign.add(json("POST", "/tokens", "{\"name\": \"mine\", \"role\": \"admin\"}"));
        foreign.add(HttpRequest.newBuilder(server.url().resolve("/queue/poll?worker=x"))); // which takes a job
        foreign.add(HttpRequest.newBuilder(server.url().resolve("/jobs")).header("Origin", LISTED));
        for (HttpRequest.Builder request : foreign) {
            problem(403, "PAWL-402", server.send(request.header("Cookie", cookie)));
        }
        assertEquals(200, read("/jobs", cookie).statusCode(), "the session is still there");
    }

    @Test
    void aSocketOfAnotherPageIsRefused() throws Exception {
        String cookie = cookie(open("{\"token\": \"" + server.token() + "\"}"));
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        for (String origin : List.of(LISTED, "http://evil.example.org")) {
            try {
                server.client
                        .newWebSocketBuilder()
                        .header("Cookie", cookie)
                        .header("Origin", origin)
                        .buildAsync(
                                URI.create("ws" + own().substring(4) + "/jobs/" + job.id() + "/logs/stream"),
                                new WebSocket.Listener() {})
                        .join();
                throw new AssertionError(origin + " was let in");
            } catch (CompletionException refused) {
                assertEquals(
                        403,
                        ((WebSocketHandshakeException) refused.getCause())
                                .getResponse()
                                .statusCode());
            }
        }
    }

    @Test
    void aPageOfAnotherOriginCannotSignABrowserIn() throws Exception {
        for (String origin : List.of("http://evil.example.org", LISTED)) {
            HttpResponse<String> answer =
                    server.send(json("POST", "/session", "{\"token\": \"" + server.token() + "\"}")
                            .header("Origin", origin));
            problem(403, "PAWL-402", answer);
            assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
        }
    }

    @Test
    void theTokenOfARequestCountsBeforeItsCookie() throws Exception {
        String cookie = cookie(open("{\"token\": \"" + server.token() + "\"}"));
        HttpResponse<String> answer = server.send(
                server.request("/tokens/self", token("ann", "viewer", "")).header("Cookie", cookie));
        assertEquals("ann", Answers.ok(answer).get("name"));
        problem(
                401,
                "PAWL-400",
                server.send(server.request("/status", "pawl_wrong").header("Cookie", cookie)));
    }

    @Test
    void wrongBodiesAreNamed() throws Exception {
        for (String body :
                List.of("{}", "{\"token\": \"a\", \"code\": \"b\"}", "{\"token\": 1}", "{\"more\": 1}", "[]", "")) {
            problem(400, "PAWL-300", open(body));
        }
    }

    @Test
    void wrongTokensAreSlowedHereToo() throws Exception {
        try (TestServer other = TestServer.start(data.resolve("slow"))) {
            int status = 0;
            for (int i = 0; status != 429 && i < 100; i++) { // each second forgives one, and a busy machine is slow
                HttpRequest.Builder request = HttpRequest.newBuilder(other.url().resolve("/session"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"" + (i % 2 == 0 ? "token" : "code") + "\": \"wrong-" + i + "\"}"));
                status = other.send(request).statusCode();
            }
            assertEquals(429, status);
        }
    }

    @Test
    void withoutTokensThereAreNoSessions() throws Exception {
        try (TestServer open = TestServer.start(data.resolve("open"), Map.of("pawl.auth", "off"))) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(open.url().resolve("/session/codes")).POST(BodyPublishers.noBody());
            problem(409, "PAWL-405", open.send(request));
        }
    }

    private static HttpResponse<String> open(String body) throws Exception {
        return server.send(json("POST", "/session", body).header("Origin", own()));
    }

    private static String token(String name, String role, String more) throws Exception {
        return (String) server.makeToken("{\"name\": \"" + name + "\", \"role\": \"" + role + "\"" + more + "}")
                .get("token");
    }

    private static HttpRequest.Builder json(String path, String body) {
        return json("POST", path, body);
    }

    private static HttpRequest.Builder json(String method, String path, String body) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder own(HttpRequest.Builder request, String cookie) {
        return request.header("Origin", own()).header("Cookie", "first=1; " + cookie + "; last=2");
    }

    private static HttpResponse<String> read(String path, String cookie) throws Exception {
        return server.send(HttpRequest.newBuilder(server.url().resolve(path)).header("Cookie", cookie));
    }

    private static HttpResponse<String> write(String method, String path, String cookie, String body) throws Exception {
        return server.send(own(json(method, path, body), cookie));
    }

    private static String cookie(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertFalse(answer.body().contains(header.substring(header.indexOf('=') + 1, header.indexOf(';'))));
        return header.substring(0, header.indexOf(';'));
    }

    private static String own() {
        return "http://127.0.0.1:" + server.url().getPort();
    }

    private static LogFollower follow(Job job, String cookie, String origin) {
        return new LogFollower(
                server.client.newWebSocketBuilder().header("Cookie", cookie).header("Origin", origin),
                server.url().resolve("/jobs/" + job.id() + "/logs/stream"));
    }
}

package dev.pawl.http;

import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.LogFollower;
import dev.pawl.testkit.fake.Jobs;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tokens over HTTP, from their creation to their end. */
final class TokensIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void aTokenIsMadeUsedListedAndRevoked() throws Exception {
        Map<?, ?> made = server.makeToken("{\"name\": \"ci\", \"role\": \"operator\", \"expires_in\": \"30d\"}");
        String secret = (String) made.get("token");
        String id = (String) made.get("id");
        assertEquals("ci", made.get("name"));
        assertEquals("operator", made.get("role"));

        var self = server.send(server.request("/tokens/self", secret));
        assertEquals(id, Answers.ok(self).get("id"));
        assertEquals(made.get("expires_at"), Answers.ok(self).get("expires_at"));
        assertFalse(self.body().contains(secret));

        var list = server.get("/tokens");
        assertTrue(list.body().contains("\"" + id + "\"") && list.body().contains("\"admin\""), list.body());
        assertFalse(list.body().contains(secret), "secrets are shown once");

        assertEquals(204, server.send("DELETE", "/tokens/" + id, "").statusCode());
        problem(401, "PAWL-400", server.send(server.request("/status", secret)));
        problem(404, "PAWL-404", server.send("DELETE", "/tokens/" + id, ""));
    }

    @Test
    void theEndOfATokenClosesItsStreamsAndNoOthers() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        Map<?, ?> revoked = server.makeToken("{\"name\": \"reader\", \"role\": \"viewer\"}");
        Map<?, ?> expiring = server.makeToken("{\"name\": \"brief\", \"role\": \"viewer\", \"expires_in\": \"3s\"}");
        LogFollower kept = follow(job, server.token());
        LogFollower first = follow(job, (String) revoked.get("token"));
        LogFollower second = follow(job, (String) expiring.get("token"));
        Eventually.eventually("all follow", () -> server.scheduler.subscriptions.size() == 3);

        server.send("DELETE", "/tokens/" + revoked.get("id"), "");
        assertEquals(4001, first.closeCode());
        assertEquals(4001, second.closeCode());
        server.scheduler.complete(job);
        assertEquals(1000, kept.closeCode());
        problem(401, "PAWL-400", server.send(server.request("/status", (String) expiring.get("token"))));
    }

    @Test
    void theAdminTokenIsReplacedWithoutARestart() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        String old = server.token();
        LogFollower follower = follow(job, old);
        Eventually.eventually("it follows", () -> server.scheduler.subscriptions.size() == 1);

        var answer = server.send("POST", "/tokens/rotate", "");
        assertEquals(201, answer.statusCode(), answer.body());
        String rotated = (String) Answers.object(answer.body()).get("token");
        assertEquals(rotated, server.token());
        problem(401, "PAWL-400", server.send(server.request("/status", old)));
        assertEquals(4001, follower.closeCode());

        Files.writeString(data.resolve("admin.token"), "a-token-that-somebody-wrote-into-the-file");
        Eventually.eventually("the replaced file is noticed", () -> status(rotated) == 401);
        assertEquals(200, server.get("/status").statusCode());

        Files.delete(data.resolve("admin.token"));
        Eventually.eventually("a new one is made", () -> Files.exists(data.resolve("admin.token")));
        assertNotEquals(rotated, server.token());
        Eventually.eventually("the new one is in force", () -> status(server.token()) == 200);
    }

    @Test
    void theAdminTokenOfTheDataFolderIsNotRevoked() throws Exception {
        assertTrue(problem(409, "PAWL-405", server.send("DELETE", "/tokens/admin", ""))
                .contains("last"));
        assertEquals(200, server.get("/tokens/self").statusCode());
        assertNull(Answers.ok(server.get("/tokens/self")).get("expires_at"));
    }

    @Test
    void aRequestForATokenSaysWhatIsWrongWithIt() throws Exception {
        Map<String, String> wrong = Map.of(
                "{}", "name",
                "{\"name\": \"x\"}", "role",
                "{\"name\": 1, \"role\": \"viewer\"}", "name",
                "{\"name\": \"x\", \"role\": \"king\"}", "role",
                "{\"name\": \"x\", \"role\": \"anyone\"}", "role",
                "{\"name\": \"x\", \"role\": \"viewer\", \"expires_in\": \"soon\"}", "expires_in",
                "{\"name\": \"x\", \"role\": \"viewer\", \"modules\": \"a\"}", "modules",
                "{\"name\": \"x\", \"role\": \"viewer\", \"modules\": [1]}", "modules",
                "{\"name\": \"x\", \"role\": \"viewer\", \"more\": 1}", "more");
        for (Map.Entry<String, String> body : wrong.entrySet()) {
            String detail = problem(400, "PAWL-300", server.send("POST", "/tokens", body.getKey()));
            assertTrue(detail.contains(body.getValue()), body.getKey() + " was answered: " + detail);
        }
        problem(400, "PAWL-300", server.get("/tokens?cursor=x"));
    }

    @Test
    void aTokenInTheAddressOrInBasicIsTheSame() throws Exception {
        String secret = (String)
                server.makeToken("{\"name\": \"basic\", \"role\": \"viewer\"}").get("token");
        String basic = java.util.Base64.getEncoder()
                .encodeToString((":" + secret).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.url().resolve("/status")).header("Authorization", "Basic " + basic);
        assertEquals(200, server.send(request).statusCode());
    }

    @Test
    void tokensSurviveARestart() throws Exception {
        Path other = data.resolve("restarted");
        String secret;
        Map<String, String> stored;
        try (TestServer before = TestServer.start(other)) {
            secret = (String)
                    before.makeToken("{\"name\": \"ci\", \"role\": \"viewer\"}").get("token");
            stored = before.documentStore.all("pawl:tokens");
        }
        try (TestServer after = TestServer.start(other)) {
            stored.forEach((name, json) -> after.documentStore.put("pawl:tokens", name, json));
            assertEquals(200, after.send(after.request("/status", secret)).statusCode());
            problem(401, "PAWL-400", server.send(server.request("/status", secret)));
        }
    }

    @Test
    void theListIsPaged() throws Exception {
        for (int i = 0; i < 5; i++) {
            server.makeToken("{\"name\": \"paged " + i + "\", \"role\": \"viewer\"}");
        }
        Stream.Builder<Object> ids = Stream.builder();
        Object cursor = "";
        do {
            Map<?, ?> page = Answers.ok(server.get("/tokens?limit=2" + (cursor.equals("") ? "" : "&cursor=" + cursor)));
            ((List<?>) page.get("tokens")).forEach(token -> ids.add(((Map<?, ?>) token).get("id")));
            cursor = page.get("next_cursor");
        } while (cursor != null);
        List<?> all = ids.build().toList();
        Map<?, ?> whole = Answers.ok(server.get("/tokens?limit=1000"));
        assertEquals(((List<?>) whole.get("tokens")).size(), all.size());
        assertEquals(all.size(), all.stream().distinct().count());
    }

    private static int status(String token) throws Exception {
        return server.send(server.request("/status", token).method("GET", BodyPublishers.noBody()))
                .statusCode();
    }

    private static LogFollower follow(Job job, String token) {
        return new LogFollower(
                server.client.newWebSocketBuilder().header("Authorization", "Bearer " + token),
                server.url().resolve("/jobs/" + job.id() + "/logs/stream"));
    }
}

package dev.pawl.it.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Api.Answer;
import dev.pawl.it.server.Server;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of a real server, called as GitHub calls them. */
class HooksIT {

    private static final String SECRET = "a-long-secret-that-nobody-may-see";
    private static final String PUSH = "{\"ref\": \"refs/heads/main\", \"repository\": {\"name\": \"octo-repo\"}}";
    private static final int KILLS = 3;
    private static final int CALLS_BEFORE_A_KILL = 25;

    @TempDir
    static Path folder;

    private static Server shared;

    private final HookSender sender = new HookSender();

    @BeforeAll
    static void startServer() {
        shared = Server.start(folder.resolve("shared"));
    }

    @AfterAll
    static void stopServer() {
        shared.close();
    }

    /** A hook whose jobs have its name as their title. */
    private static Map<String, Object> hook(String name, Object... more) {
        Map<String, Object> hook = new LinkedHashMap<>(Map.of(
                "scheme",
                "github",
                "secret",
                SECRET,
                "job",
                Map.of("module_id", "hello", "job_title", name, "inputs", Map.of("count", 1)),
                "mapping",
                Map.of("name", "/repository/name")));
        for (int i = 0; i < more.length; i += 2) {
            hook.put(String.valueOf(more[i]), more[i + 1]);
        }
        return hook;
    }

    private static HttpRequest push(Server server, String hook, String delivery) {
        return HookSender.signed(server.url(), hook, SECRET, delivery, PUSH);
    }

    private static List<String> jobs(Api api, String hook) {
        return api.get("/jobs?limit=1000&q=" + hook).expect(200).get("jobs").findValuesAsText("id");
    }

    @Test
    void aSignedPushStartsOneJobHoweverOftenItComes() throws Exception {
        Server server = shared;
        server.api().json("PUT", "/hooks/pushed", hook("pushed")).expect(200);
        JsonNode first = sender.send(push(server, "pushed", "d-1")).expect(200);
        assertEquals("started", first.get("outcome").asText());
        JsonNode job = server.api().awaitEnd(first.get("id").asText());
        assertEquals("completed", job.get("status").asText());
        assertEquals("octo-repo", job.get("inputs").get("name").asText());
        assertEquals("hook pushed", job.get("started_by").asText());

        JsonNode again = sender.send(push(server, "pushed", "d-1")).expect(200);
        assertEquals("duplicate", again.get("outcome").asText());
        assertEquals(first.get("id"), again.get("id"));
        assertTrue(again.get("existing").asBoolean());
        assertEquals("completed", again.get("status").asText());

        List<CompletableFuture<Answer>> atOnce = IntStream.range(0, 20)
                .mapToObj(i -> sender.sendAsync(push(server, "pushed", "d-2")))
                .toList();
        Set<String> ids = new HashSet<>();
        for (CompletableFuture<Answer> answer : atOnce) {
            ids.add(answer.get().expect(200).get("id").asText());
        }
        assertEquals(1, ids.size(), "one job for deliveries at once");
        assertEquals(2, jobs(server.api(), "pushed").size());
        server.api().delete("/jobs/" + first.get("id").asText()).expect(204);
        JsonNode late = sender.send(push(server, "pushed", "d-1")).expect(200);
        assertEquals("duplicate", late.get("outcome").asText());
        assertFalse(late.has("status"), "the job is gone");
        assertEquals(1, jobs(server.api(), "pushed").size());
    }

    @Test
    void eachDeliveryHasOneJobWheneverTheProcessIsKilled() throws Exception {
        Path data = folder.resolve("killed");
        Map<String, String> known = new HashMap<>();
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = Server.start(data)) {
                if (kill == 0) {
                    server.api().json("PUT", "/hooks/killed", hook("killed")).expect(200);
                }
                for (Map.Entry<String, String> before : known.entrySet()) {
                    JsonNode again =
                            sender.send(push(server, "killed", before.getKey())).expect(200);
                    assertEquals("duplicate", again.get("outcome").asText());
                    assertEquals(before.getValue(), again.get("id").asText());
                }
                List<CompletableFuture<Answer>> sent = new ArrayList<>();
                int begin = next;
                for (int i = 0; i < CALLS_BEFORE_A_KILL; i++) {
                    sent.add(sender.sendAsync(push(server, "killed", "d-" + next++)));
                }
                sent.get(CALLS_BEFORE_A_KILL / 3).join();
                server.kill();
                for (int i = 0; i < sent.size(); i++) {
                    String delivery = "d-" + (begin + i);
                    answered(sent.get(i)).ifPresent(id -> known.put(delivery, id));
                }
            }
        }
        try (Server server = Server.start(data)) {
            for (int i = 0; i < next; i++) { // answers of some were lost, whether or not the job was added
                String id = sender.send(push(server, "killed", "d-" + i))
                        .expect(200)
                        .get("id")
                        .asText();
                assertEquals(known.getOrDefault("d-" + i, id), id);
                known.put("d-" + i, id);
            }
            assertEquals(next, new HashSet<>(known.values()).size());
            assertEquals(new HashSet<>(known.values()), new HashSet<>(jobs(server.api(), "killed")));
        }
    }

    private static Optional<String> answered(CompletableFuture<Answer> answer) {
        try {
            return Optional.of(answer.join().expect(200).get("id").asText());
        } catch (RuntimeException killed) {
            return Optional.empty();
        }
    }

    @Test
    void aWrongProofAndAnUnknownHookGetTheSameAnswerAndTheHistorySaysMore() throws Exception {
        Server server = shared;
        server.api().json("PUT", "/hooks/guessed", hook("guessed")).expect(200);
        Answer wrong = sender.send(HookSender.signed(server.url(), "guessed", "guess", "d-1", PUSH));
        Answer unknown = sender.send(HookSender.signed(server.url(), "nothing", "guess", "d-1", PUSH));
        assertEquals(401, wrong.status());
        assertEquals(wrong, unknown);
        assertEquals("PAWL-442", wrong.body().get("code").asText());
        assertEquals(List.of(), jobs(server.api(), "guessed"));
        JsonNode call = server.api()
                .get("/hooks/guessed/deliveries")
                .expect(200)
                .get("deliveries")
                .get(0);
        assertEquals("refused", call.get("outcome").asText());
        assertTrue(call.get("detail").asText().contains("X-Hub-Signature-256"), call.toString());
        JsonNode refusal = server.api()
                .get("/audit?action=hook.call")
                .expect(200)
                .get("entries")
                .get(0);
        assertEquals("refused", refusal.get("outcome").asText());
        assertEquals("nobody", refusal.get("who").asText());
        List<CompletableFuture<Answer>> guesses = IntStream.range(0, 30)
                .mapToObj(i -> sender.sendAsync(HookSender.signed(server.url(), "guessed", "guess" + i, "d-1", PUSH)))
                .toList();
        assertTrue(guesses.stream().anyMatch(guess -> guess.join().status() == 429), "wrong ones are slowed");
        assertEquals(
                "started",
                sender.send(push(server, "guessed", "d-1"))
                        .expect(200)
                        .get("outcome")
                        .asText(),
                "a right proof is never slowed");
    }

    @Test
    void theSecretIsInNoAnswerNoLogNoAuditAndNotOnTheDiskAsItIs() throws Exception {
        Server server = shared;
        Api api = server.api();
        String put =
                api.json("PUT", "/hooks/hidden", hook("hidden")).expect(200).toString();
        assertEquals(
                "********", api.get("/hooks/hidden").expect(200).get("secret").asText());
        api.json("PUT", "/hooks/hidden", hook("hidden", "secret", "********", "paused", true))
                .expect(200);
        assertEquals(
                "paused",
                sender.send(push(server, "hidden", "d-1"))
                        .expect(200)
                        .get("outcome")
                        .asText());
        api.json("PUT", "/hooks/hidden", hook("hidden", "secret", "********")).expect(200);
        sender.send(push(server, "hidden", "d-2")).expect(200);
        sender.send(HookSender.signed(server.url(), "hidden", "guess", "d-3", PUSH));
        String all = put + api.get("/hooks") + api.get("/hooks/hidden/deliveries") + api.get("/audit") + server.said();
        assertFalse(all.contains(SECRET), all);
        assertEquals(
                400,
                api.json("PUT", "/hooks/other", hook("hidden", "secret", "********"))
                        .status(),
                "a mask without a secret behind it");
        assertEquals(
                400,
                api.json("PUT", "/hooks/other", hook("hidden", "scheme", "none"))
                        .status());
        Map<String, Object> bare = hook("hidden");
        bare.remove("secret");
        assertEquals(400, api.json("PUT", "/hooks/other", bare).status());
        try (Stream<Path> files = Files.walk(folder.resolve("shared"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET), file.toString());
            }
        }
    }

    @Test
    void aSecretThatIsKeptByNameIsReadAtEachCall() throws Exception {
        Server server = shared;
        Api api = server.api();
        assertEquals(
                409,
                api.json("PUT", "/hooks/named", hook("named", "secret", "${secret:github}"))
                        .status());
        api.json("PUT", "/secrets/github", Map.of("value", "other")).expect(204);
        api.json("PUT", "/hooks/named", hook("named", "secret", "${secret:github}"))
                .expect(200);
        assertEquals(401, sender.send(push(server, "named", "d-1")).status());
        api.json("PUT", "/secrets/github", Map.of("value", SECRET)).expect(204);
        sender.send(push(server, "named", "d-1")).expect(200);
    }

    @Test
    void hostileCallsStartNothingAndBringNoMoreThanValues() throws Exception {
        Server server = shared;
        Api api = server.api();
        api.json("PUT", "/hooks/hostile", hook("hostile")).expect(200);
        for (String body : List.of(
                "",
                "{",
                "{\"repository\": {\"name\": \"a\", \"name\": \"b\"}}",
                "[".repeat(5_000) + "]".repeat(5_000),
                "{\"repository\": {}}",
                "{\"repository\": {\"name\": {\"a\": 1}}}",
                "{\"repository\": {\"name\": \"${secret:smtp.password}\"}}"
                        .replace("name\": \"$", "name\": 7, \"x\": \"$"))) {
            int status = sender.send(HookSender.signed(server.url(), "hostile", SECRET, "x", body))
                    .status();
            assertTrue(
                    status == 400 || status == 422, status + " for " + body.substring(0, Math.min(60, body.length())));
        }
        assertEquals(
                413,
                sender.send(HookSender.signed(server.url(), "hostile", SECRET, "x", "\"" + "x".repeat(5 << 20) + "\""))
                        .status());
        assertEquals(List.of(), jobs(api, "hostile"));
        String template = "{\"repository\": {\"name\": \"{{ tasks[0].count }} and ${env:HOME}\"}}";
        JsonNode started = sender.send(HookSender.signed(server.url(), "hostile", SECRET, "y", template))
                .expect(200);
        assertEquals(
                "{{ tasks[0].count }} and ${env:HOME}",
                api.awaitEnd(started.get("id").asText())
                        .get("inputs")
                        .get("name")
                        .asText());
    }

    @Test
    void anAdminsTokenIsNeededToMakeHooksAndARoleToStartModulesOfAdmins() throws Exception {
        Server server = shared;
        String operator = server.api()
                .post("/tokens", Map.of("name", "op", "role", "operator"))
                .expect(201)
                .get("token")
                .asText();
        Api ofOperator = new Api(server.url(), operator);
        assertEquals(
                403, ofOperator.json("PUT", "/hooks/ofadmins", hook("ofadmins")).status());
        assertEquals(403, ofOperator.get("/hooks/ofadmins").status());
        server.api().json("PUT", "/hooks/ofadmins", hook("ofadmins")).expect(200);
        ofOperator
                .post("/hooks/ofadmins/preview", Map.of("body", Map.of("repository", Map.of("name", "x"))))
                .expect(200);
        ofOperator.get("/hooks/ofadmins/deliveries").expect(200);
    }
}

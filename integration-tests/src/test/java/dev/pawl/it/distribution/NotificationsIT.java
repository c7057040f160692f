package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.CallbackReceiver.Told;
import dev.pawl.testkit.Eventually;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notifications of a real server to real receivers, over kills. */
class NotificationsIT {

    private static final int ROUNDS = 6;
    private static final int JOBS = 20;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private Server start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(
                Map.of("PAWL_CALLBACK_HOSTS", "127.0.0.1", "PAWL_PUBLIC_URL", "https://pawl.example.com"));
        environment.putAll(more);
        return Server.start(folder.resolve("data"), Path.of(System.getProperty("java.home")), environment);
    }

    private static void rule(Api api, String name, Map<String, ?> fields) {
        Map<String, Object> body = new HashMap<>(Map.of("on", List.of("failed", "completed_after_failing")));
        body.putAll(fields);
        api.json("PUT", "/notifications/" + name, body).expect(200);
    }

    /** Has a job of an external worker end. */
    private static void ends(Api api, String title, boolean failed) {
        api.post("/queue", Map.of("job_title", title, "tasks", List.of(Map.of("module", "afar", "data", Map.of()))))
                .expect(200);
        String job = api.get("/queue/poll").expect(200).get("job_id").asText();
        api.json("PATCH", "/jobs/" + job + "/completed", Map.of("failed", failed, "info", "It broke."))
                .expect(204);
    }

    @Test
    void eachFailureIsToldInOneMessageThoughTheServerIsKilledAgainAndAgain() throws Exception {
        Random random = new Random(8);
        try (CallbackReceiver receiver = CallbackReceiver.at(0)) {
            receiver.answering(
                    told -> { // slow enough that kills meet requests under way
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)));
                        return new CallbackReceiver.Reply(200, Map.of(), "");
                    });
            for (int round = 0; round < ROUNDS; round++) {
                try (Server server = start(Map.of())) {
                    Api api = server.api();
                    if (round == 0) {
                        rule(
                                api,
                                "all",
                                Map.of(
                                        "format",
                                        "json",
                                        "url",
                                        receiver.url("/"),
                                        "group_for",
                                        "100ms",
                                        "quiet_for",
                                        "200ms"));
                    }
                    int before = receiver.told().size();
                    for (int n = 0; n < JOBS; n++) {
                        ends(api, "nightly", true);
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(40)));
                    }
                    Eventually.eventually("some are told", () -> receiver.told().size() > before);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(200)));
                    server.kill();
                }
            }
            try (Server server = start(Map.of())) {
                Eventually.eventually(
                        "all are told", Duration.ofSeconds(60), () -> sum(receiver.told()) >= ROUNDS * JOBS);
                Eventually.eventually("that is known", () -> isAllDelivered(server.api()));
                assertEquals(ROUNDS * JOBS, sum(receiver.told()), "none is told by two messages");
            }
        }
    }

    /** The counts of different messages; a message that came twice says the same. */
    private static long sum(List<Told> told) {
        Map<String, Long> counts = new HashMap<>();
        for (Told message : told) {
            long count = read(message.body()).get("count").asLong();
            Long before = counts.put(message.delivery(), count);
            assertTrue(before == null || before == count, message.delivery() + " has changed");
        }
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError(body, e);
        }
    }

    private static boolean isAllDelivered(Api api) {
        for (JsonNode message :
                api.get("/notifications/all/deliveries?limit=200").expect(200).get("deliveries")) {
            if (!message.get("state").asText().equals("delivered")) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aMailArrivesWithTheLibraryInsideTheServer() throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        Path password = Files.writeString(folder.resolve("password"), "geheim\n");
        mails.setUser("robot@example.com", "robot", "geheim");
        Map<String, String> smtp = Map.of(
                "PAWL_SMTP_HOST", "127.0.0.1",
                "PAWL_SMTP_PORT", String.valueOf(mails.getSmtp().getPort()),
                "PAWL_SMTP_TLS", "none",
                "PAWL_SMTP_FROM", "Pawl <pawl@example.com>",
                "PAWL_SMTP_USER", "robot",
                "PAWL_SMTP_PASSWORD_FILE", password.toString());
        try (Server server = start(smtp)) {
            Api api = server.api();
            rule(api, "mail", Map.of("format", "email", "to", List.of("ops@example.com"), "group_for", "0s"));
            JsonNode test = api.post("/notifications/mail/test", Map.of()).expect(200);
            assertEquals("delivered", test.get("state").asText(), test.toString());
            ends(api, "Sicherung\r\nBcc: evil@example.com", true);
            ends(api, "Sicherung\r\nBcc: evil@example.com", false);
            assertTrue(mails.waitForIncomingEmail(20_000, 2));
            Eventually.eventually("both have come", () -> mails.getReceivedMessages().length >= 3);
            MimeMessage failure = mails.getReceivedMessages()[1];
            assertEquals("[Pawl] Failed: Sicherung Bcc: evil@example.com", failure.getSubject());
            assertEquals(1, failure.getAllRecipients().length);
            assertTrue(
                    mails.getReceivedMessages()[2].getSubject().startsWith("[Pawl] Completed after failing"),
                    "the recovery comes after it");
            assertFalse(server.said().contains("WARN"), server::said);
        } finally {
            mails.stop();
        }
    }

    @Test
    void aJobThatWaitsForTooLongIsToldAndARuleIsRefusedThatCannotBe() throws Exception {
        try (CallbackReceiver receiver = CallbackReceiver.at(0);
                Server server = start(Map.of())) {
            Api api = server.api();
            JsonNode refused = api.json(
                            "PUT",
                            "/notifications/x",
                            Map.of("on", List.of("failed"), "format", "slack", "url", "http://10.1.2.3/x"))
                    .expect(400);
            assertEquals("PAWL-451", refused.get("code").asText(), refused.toString());
            JsonNode mail = api.json(
                            "PUT",
                            "/notifications/x",
                            Map.of("on", List.of("failed"), "format", "email", "to", List.of("a@example.com")))
                    .expect(400);
            assertTrue(mail.get("detail").asText().contains("PAWL_SMTP_HOST"), mail.toString());
            api.json(
                            "PUT",
                            "/notifications/slow",
                            Map.of(
                                    "waiting_longer_than",
                                    "10s",
                                    "format",
                                    "json",
                                    "url",
                                    receiver.url("/"),
                                    "group_for",
                                    "0s"))
                    .expect(200);
            api.post(
                            "/queue",
                            Map.of("job_title", "stuck", "tasks", List.of(Map.of("module", "afar", "data", Map.of()))))
                    .expect(200);
            Eventually.eventually(
                    "it is told", Duration.ofSeconds(30), () -> !receiver.told().isEmpty());
            assertEquals(
                    "Waiting for longer than 10s: stuck",
                    read(receiver.told().get(0).body()).get("title").asText());
            JsonNode audit = api.get("/audit?action=notification.put").expect(200);
            assertEquals("slow", audit.at("/entries/0/target").asText(), audit.toString());
        }
    }
}

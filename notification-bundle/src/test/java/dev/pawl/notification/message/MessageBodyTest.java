package dev.pawl.notification.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.notification.Occurrence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The forms of messages, with texts that try to be more than text. */
final class MessageBodyTest {

    private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final UUID JOB = UUID.fromString("0000b8cd-af93-8df2-8ab5-db452e948921");
    private static final String HOSTILE =
            "<!channel> @everyone *x* [a](http://evil) `c` <http://evil|click>\r\nBcc: x@y\u202egnp";

    @Test
    void theTitleSaysWhatHasHappenedAndHowOften() {
        assertEquals("Failed: Backup", title(NotificationEvent.FAILED, 1, example("Backup", 1)));
        assertEquals("Failed 3 times: Backup", title(NotificationEvent.FAILED, 3, example("Backup", 3)));
        assertEquals("2 jobs failed", title(NotificationEvent.FAILED, 2, example("a", 1), example("b", 1)));
        assertEquals("7 jobs failed", title(NotificationEvent.FAILED, 7, example("a", 1)));
        assertEquals(
                "Completed after failing: a", title(NotificationEvent.COMPLETED_AFTER_FAILING, 1, example("a", 1)));
        assertEquals("Running for longer than 2h: a", title(NotificationEvent.RUNNING_LONGER_THAN, 1, example("a", 1)));
        assertEquals(
                "9 jobs wait for longer than 30m", title(NotificationEvent.WAITING_LONGER_THAN, 9, example("a", 1)));
        assertEquals("Missed: a", title(NotificationEvent.MISSED, 1, example("a", 1)));
        assertEquals("Test of notification ops", title(NotificationEvent.TEST, 1, example("a", 1)));
    }

    @Test
    void slackReadsNoMentionLinkOrFormatIntoTexts() {
        Map<String, Object> body = Json.object(text(MessageBody.slack(message(HOSTILE))));
        String all = body.toString();
        assertFalse(all.contains("<!channel>"), all);
        assertFalse(all.contains("@everyone"), all);
        assertFalse(all.contains("<http://evil"), all);
        assertTrue(all.contains("&lt;!channel&gt;"), all);
        assertTrue(all.contains("<https://p/console/jobs/" + JOB + "|"), all);
    }

    @Test
    void teamsGetsAnAdaptiveCardWhoseTextsAreRuns() {
        Map<String, Object> body = Json.object(text(MessageBody.teams(message(HOSTILE))));
        assertEquals("message", body.get("type"));
        Map<?, ?> attachment = (Map<?, ?>) ((List<?>) body.get("attachments")).get(0);
        assertEquals("application/vnd.microsoft.card.adaptive", attachment.get("contentType"));
        Map<?, ?> card = (Map<?, ?>) attachment.get("content");
        assertEquals("AdaptiveCard", card.get("type"));
        for (Object block : (List<?>) card.get("body")) {
            assertEquals("RichTextBlock", ((Map<?, ?>) block).get("type"));
        }
        Map<?, ?> action = (Map<?, ?>) ((List<?>) card.get("actions")).get(0);
        assertEquals("https://p/console/jobs/" + JOB, action.get("url"));
    }

    @Test
    void discordMentionsNobodyAndReadsNoMarkup() {
        Map<String, Object> body = Json.object(text(MessageBody.discord(message(HOSTILE))));
        assertEquals(Map.of("parse", List.of()), body.get("allowed_mentions"));
        String value = String.valueOf(((Map<?, ?>) embed(body, "fields").get(0)).get("value"));
        assertTrue(value.startsWith("\\<!channel\\>"), value);
        assertFalse(value.contains("[a]("), value);
    }

    @Test
    void ntfyGetsTheTopicATitleAndAPriority() {
        Map<String, Object> body = Json.object(text(MessageBody.ntfy("alerts", message("broke"))));
        assertEquals("alerts", body.get("topic"));
        assertEquals("Failed: Backup", body.get("title"));
        assertEquals(4, body.get("priority"));
        assertEquals("https://p/console/jobs/" + JOB, body.get("click"));
        assertTrue(String.valueOf(body.get("message")).startsWith("Backup (backup)\nbroke\n"));
    }

    @Test
    void longTextsStayWithinTheLimitsOfTheReceivers() {
        List<Occurrence> long5 = new ArrayList<>();
        for (int n = 0; n < Notification.MOST_EXAMPLES; n++) {
            String many = n + "*😀_".repeat(3_000);
            long5.add(new Occurrence(JOB, null, many, List.of("m".repeat(200)), AT, many, 1));
        }
        MessageText text = MessageText.of(rule(), notification(NotificationEvent.FAILED, 9, long5), "https://p");
        Map<?, ?> embed = (Map<?, ?>)
                ((List<?>) Json.object(text(MessageBody.discord(text))).get("embeds")).get(0);
        int sum = String.valueOf(embed.get("title")).length();
        for (Object field : (List<?>) embed.get("fields")) {
            String name = String.valueOf(((Map<?, ?>) field).get("name"));
            String value = String.valueOf(((Map<?, ?>) field).get("value"));
            assertTrue(name.length() <= 256 && value.length() <= 1024, name.length() + " " + value.length());
            sum += name.length() + value.length();
        }
        assertTrue(sum <= 5_900, sum + " characters");
        Map<String, Object> ntfy = Json.object(text(MessageBody.ntfy("t", text)));
        assertTrue(String.valueOf(ntfy.get("message")).getBytes(StandardCharsets.UTF_8).length <= 4_096);
        assertTrue(MessageBody.teams(text).length <= 28 * 1024, MessageBody.teams(text).length + " bytes");
        assertTrue(text.title().length() <= 150);
    }

    @Test
    void noTextEndsALine() {
        MessageText text = message(HOSTILE);
        assertFalse(text.items().get(0).detail().matches("(?s).*[\\r\\n\u202e].*"));
    }

    @Test
    void withoutAnAddressOfTheServerThereIsNoLink() {
        MessageText text =
                MessageText.of(rule(), notification(NotificationEvent.FAILED, 1, List.of(example("Backup", 1))), "");
        assertNull(text.link());
        assertTrue(MessageBody.plain(text).contains("pawl job " + JOB));
    }

    @Test
    void anAddressOfNtfyNamesServerAndTopic() {
        assertEquals(new NtfyTopic("https://ntfy.sh/", "a-b_1"), NtfyTopic.of("https://ntfy.sh/a-b_1"));
        assertEquals(new NtfyTopic("http://h:1/x/", "t"), NtfyTopic.of("http://h:1/x/t/"));
        for (String wrong : List.of("https://ntfy.sh/", "https://ntfy.sh", "https://ntfy.sh/a?b", "https://h/a b")) {
            assertThrows(IllegalArgumentException.class, () -> NtfyTopic.of(wrong), wrong);
        }
    }

    private static List<?> embed(Map<String, Object> body, String field) {
        return (List<?>) ((Map<?, ?>) ((List<?>) body.get("embeds")).get(0)).get(field);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Occurrence example(String title, long times) {
        return new Occurrence(JOB, null, title, List.of("backup"), AT, "broke", times);
    }

    private static MessageText message(String detail) {
        Occurrence one = new Occurrence(JOB, null, "Backup", List.of("backup"), AT, detail, 1);
        return MessageText.of(rule(), notification(NotificationEvent.FAILED, 1, List.of(one)), "https://p");
    }

    private static String title(NotificationEvent event, long count, Occurrence... examples) {
        return MessageText.of(rule(), notification(event, count, List.of(examples)), null)
                .title();
    }

    private static NotificationRule rule() {
        return new NotificationRule(
                "ops",
                Set.of(NotificationEvent.FAILED),
                Duration.ofHours(2),
                Duration.ofMinutes(30),
                Set.of(),
                null,
                new NotificationTarget(NotificationFormat.SLACK, "https://x", null, List.of()),
                Duration.ZERO,
                Duration.ZERO,
                false);
    }

    private static Notification notification(NotificationEvent event, long count, List<Occurrence> examples) {
        @Nullable Instant none = null;
        return new Notification(1, JOB, event, DeliveryState.WAITING, AT, none, count, AT, AT, examples, List.of());
    }
}

package dev.pawl.notification.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.json.value.Json;
import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.Signature;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.CallbackReceiver.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Notifications on their way to a receiver that listens. */
final class SendsNotificationsTest {

    private static final Duration GROUPED = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningNotifications running = new RunningNotifications(() -> folder);

    private CallbackReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = CallbackReceiver.at(0);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private String url(String path) {
        return receiver.url(path);
    }

    @Test
    void aThousandFailuresAreOneMessageWithACount() {
        running.rule(NotificationFormat.JSON, url("/x"), null);
        for (int n = 0; n < 1_000; n++) {
            running.fails("Backup", "No space left.");
        }
        running.look();
        assertEquals(List.of(), receiver.told(), "it waits for more");
        running.lookAfter(GROUPED);
        assertEquals(1, receiver.told().size());
        Map<String, Object> body = Json.object(receiver.told().get(0).body());
        assertEquals(1_000, body.get("count"));
        assertEquals("Failed 1000 times: Backup", body.get("title"));
    }

    @Test
    void ourOwnFormIsSignedAndHasTheIdOfTheMessage() {
        running.rule(NotificationFormat.JSON, url("/in?a=b"), "a key");
        UUID job = running.fails("Backup", "No space left.\nat line 3");
        running.lookAfter(GROUPED);
        Told told = receiver.told().get(0);
        Notification message = running.messages().get(0);
        assertEquals("/in?a=b", told.path());
        assertEquals(message.id().toString(), told.delivery());
        assertEquals("notification.failed", told.headers().get("x-pawl-event"));
        Instant at = Instant.ofEpochSecond(Long.parseLong(told.headers().get("x-pawl-timestamp")));
        assertEquals(
                Signature.of(
                        "a key".getBytes(StandardCharsets.UTF_8),
                        at,
                        told.body().getBytes(StandardCharsets.UTF_8)),
                told.headers().get("x-pawl-signature"));
        Map<String, Object> body = Json.object(told.body());
        assertEquals(message.id().toString(), body.get("id"));
        assertEquals("ops", body.get("notification"));
        Map<?, ?> example = (Map<?, ?>) ((List<?>) body.get("examples")).get(0);
        assertEquals(job.toString(), example.get("job_id"));
        assertEquals("No space left.", example.get("detail"));
        assertEquals("https://pawl.example.com/console/jobs/" + job, example.get("url"));
        assertEquals(DeliveryState.DELIVERED, message.state());
        assertEquals(204, message.tries().get(0).status());
    }

    @Test
    void whatComesLaterIsAMessageAfterTheQuietTime() {
        running.rule(NotificationFormat.JSON, url("/x"), null);
        running.fails("a", "x");
        running.lookAfter(GROUPED);
        running.fails("b", "x");
        running.fails("c", "x");
        running.lookAfter(QUIET.minusSeconds(1));
        assertEquals(1, receiver.told().size());
        running.lookAfter(Duration.ofSeconds(1));
        assertEquals(2, receiver.told().size());
        assertEquals("2 jobs failed", Json.object(receiver.told().get(1).body()).get("title"));
    }

    @Test
    void theEndOfFailingIsToldAfterTheFailure() {
        running.rule(NotificationFormat.JSON, url("/x"), null);
        running.fails("a", "x");
        running.completes("a");
        running.lookAfter(GROUPED);
        assertEquals(
                List.of("Failed: a", "Completed after failing: a"),
                receiver.told().stream()
                        .map(told -> Json.object(told.body()).get("title"))
                        .toList());
    }

    @Test
    void aMessageThatNobodyTakesIsTriedForADayAndOthersWaitBehindIt() {
        receiver.answering(503);
        running.rule(NotificationFormat.JSON, url("/x"), null);
        running.fails("a", "x");
        running.lookAfter(GROUPED);
        running.fails("b", "x");
        Instant begun = running.clock.instant();
        while (running.messages().get(1).state() == DeliveryState.WAITING) {
            running.clock.set(running.messages().get(1).nextAt());
            running.look();
        }
        assertEquals(
                Pauses.MOST_OF_NOTIFICATION,
                receiver.told().stream()
                        .filter(told -> told.body().contains("Failed: a"))
                        .count());
        Duration took = Duration.between(begun, running.clock.instant());
        assertTrue(
                took.compareTo(Duration.ofHours(22)) > 0 && took.compareTo(Duration.ofHours(26)) < 0, took.toString());
        assertEquals(DeliveryState.FAILED, running.messages().get(1).state());
        assertEquals(
                1,
                receiver.told().stream()
                        .map(Told::delivery)
                        .filter(id -> id.equals(running.messages().get(1).id().toString()))
                        .distinct()
                        .count());
    }

    @Test
    void aMessageOfAnAnswerThatGotLostComesAgainAsTheSame() {
        running.rule(NotificationFormat.SLACK, url("/x"), null);
        running.fails("a", "x");
        receiver.answering(500);
        running.lookAfter(GROUPED);
        running.fails("a", "x");
        receiver.answering(200);
        running.restart();
        running.lookAfter(Duration.ofSeconds(6));
        List<Told> told = receiver.told();
        assertEquals(2, told.size());
        assertEquals(told.get(0).delivery(), told.get(1).delivery());
        assertEquals(told.get(0).body(), told.get(1).body());
    }

    @Test
    void aReceiverThatDoesNotTakeTheFormIsNotAskedAgain() {
        receiver.answering(request -> new CallbackReceiver.Reply(400, Map.of(), "invalid_payload"));
        running.rule(NotificationFormat.SLACK, url("/x"), null);
        running.fails("a", "x");
        running.lookAfter(GROUPED);
        Notification message = running.messages().get(0);
        assertEquals(DeliveryState.FAILED, message.state());
        assertEquals("invalid_payload", message.tries().get(0).answer());
        running.lookAfter(Duration.ofDays(1));
        assertEquals(1, receiver.told().size());
    }

    @Test
    void loopbackIsRefusedUnlessTheOperatorAllowsIt() {
        running.close();
        running.hosts = "*";
        running.open();
        running.rule(NotificationFormat.JSON, url("/x"), null);
        running.fails("a", "x");
        running.lookAfter(GROUPED);
        assertEquals(List.of(), receiver.told());
        String error = String.valueOf(running.messages().get(0).tries().get(0).error());
        assertTrue(error.contains("PAWL_CALLBACK_HOSTS"), error);
    }

    @Test
    void aRedirectIsNotFollowed() {
        receiver.answering(request -> new CallbackReceiver.Reply(302, Map.of("Location", url("/inside")), ""));
        running.rule(NotificationFormat.JSON, url("/x"), null);
        running.fails("a", "x");
        running.lookAfter(GROUPED);
        assertEquals(1, receiver.told().size());
        assertTrue(
                String.valueOf(running.messages().get(0).tries().get(0).error()).endsWith("as url."));
    }

    @Test
    void aTestGoesTheSameWayAtOnceAndIsTriedOnce() {
        running.rule(NotificationFormat.NTFY, url("/alerts"), "token");
        receiver.answering(503);
        RunningNotifications.await(running.store.addTest("ops", running.clock.instant(), null));
        running.look();
        Told told = receiver.told().get(0);
        assertEquals("/", told.path());
        assertEquals("Bearer token", told.headers().get("authorization"));
        assertEquals("alerts", Json.object(told.body()).get("topic"));
        Notification message = running.messages().get(0);
        assertEquals(NotificationEvent.TEST, message.event());
        assertEquals(DeliveryState.FAILED, message.state());
        assertNull(message.nextAt());
    }

    @Test
    void aChangedAddressHoldsForMessagesThatWait() {
        running.rule(NotificationFormat.JSON, url("/old"), null);
        running.fails("a", "x");
        running.rule(NotificationFormat.DISCORD, url("/new"), null);
        running.lookAfter(GROUPED);
        assertEquals("/new", receiver.told().get(0).path());
        assertFalse(receiver.told().get(0).body().contains("first_at"));
    }
}

package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.postgres.engine.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The notifications of two stores on one database, whose servers have clocks that are hours apart. */
@ExtendWith(TestDatabase.class)
class SharedNotificationsTest {

    private static final Duration AHEAD = Duration.ofHours(5);
    private static final InstantSource EARLY = InstantSource.offset(InstantSource.system(), AHEAD.negated());
    private static final InstantSource LATE = InstantSource.offset(InstantSource.system(), AHEAD);
    private static final int ENDS = 40;

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private PostgresNotifications ofFirst;
    private PostgresNotifications ofSecond;

    @BeforeEach
    void open() {
        ofFirst = new PostgresNotifications(stores.first, EARLY);
        ofSecond = new PostgresNotifications(stores.second, LATE);
    }

    private void put(Duration group, NotificationEvent... on) {
        NotificationRule rule = new NotificationRule(
                "a",
                Set.of(on),
                null,
                null,
                Set.of(),
                null,
                new NotificationTarget(NotificationFormat.SLACK, "sealed", null, List.of()),
                group,
                Duration.ZERO,
                false);
        KeptNotificationRule kept = new KeptNotificationRule(rule, "chat.example.com:443", 0, Instant.EPOCH, null);
        assertTrue(await(ofFirst.put(kept, null)).isDone());
    }

    private static List<Job> started(PostgresStore store, int most) {
        List<NewJob> jobs = Stream.generate(() -> new NewJob(
                        UUID.randomUUID(),
                        JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                        Instant.EPOCH))
                .limit(most)
                .toList();
        await(store.add(jobs));
        return await(store.claim(new ClaimRequest("w", most, 10_000, null, Map.of(), Instant.EPOCH, null)));
    }

    private static CompletableFuture<?> end(PostgresStore store, Job job, boolean isFailed) {
        RunMove move = isFailed
                ? new RunMove.Failed(new Failure(Phase.RUN, 0, "m", "It broke.", null), Instant.EPOCH)
                : new RunMove.Completed(Instant.EPOCH);
        RunId run = new RunId(job.id(), job.state().epoch());
        return store.write(RunWrite.of(run, 0).withMove(move)).toCompletableFuture();
    }

    private static void fail(PostgresStore store, int jobs) {
        fail(store, started(store, jobs));
    }

    private static void fail(PostgresStore store, List<Job> jobs) {
        CompletableFuture.allOf(jobs.stream().map(job -> end(store, job, true)).toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static List<DueNotification> due(PostgresNotifications notifications, InstantSource clock) {
        return notifications.due(clock.instant(), Set.of(), Set.of(), 10);
    }

    private static DeliveryTry failed() {
        return new DeliveryTry(EARLY.instant(), Duration.ofMillis(5), 503, "The receiver answers 503.", "busy");
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void eachEndIsCountedOnceWhenTwoServersEndJobsOfARuleAtOnce() {
        put(Duration.ofHours(1), NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING);
        List<Job> one = started(stores.first, ENDS);
        List<Job> other = started(stores.second, ENDS);
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> fail(stores.first, one)),
                        CompletableFuture.runAsync(() -> fail(stores.second, other)))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        List<Notification> messages = ofFirst.messages("a", Long.MAX_VALUE, 10);
        assertEquals(1, messages.size());
        assertEquals(2 * ENDS, messages.get(0).count());
        assertEquals(2 * ENDS, messages.get(0).examples().get(0).times());
        end(stores.second, started(stores.second, 1).get(0), false).join();
        Notification recovered = ofFirst.messages("a", Long.MAX_VALUE, 10).get(0);
        assertEquals(NotificationEvent.COMPLETED_AFTER_FAILING, recovered.event());
        assertTrue(recovered.examples().get(0).detail().startsWith("It had failed " + 2 * ENDS + " times"));
    }

    @Test
    void aMessageIsTriedByOneServerAtATimeAndByAnotherWhenThatIsGone() throws SQLException {
        put(Duration.ZERO, NotificationEvent.FAILED);
        fail(stores.first, 1);
        DueNotification due = due(ofFirst, EARLY).get(0);
        assertEquals(List.of(due), due(ofSecond, LATE));
        assertTrue(await(ofFirst.close(due, EARLY.instant())).isPresent());
        assertEquals(Optional.empty(), await(ofSecond.close(due, LATE.instant())));
        assertEquals(List.of(), due(ofSecond, LATE));
        sql("UPDATE servers SET lease_until = 0 WHERE owner = (SELECT taken_by FROM notifications)");
        assertEquals(List.of(due), due(ofSecond, LATE));
        assertTrue(await(ofSecond.close(due, LATE.instant())).isPresent());
        assertTrue(await(ofSecond.tried(due, failed(), DeliveryState.DELIVERED, null)));
        assertFalse(await(ofFirst.tried(due, failed(), DeliveryState.DELIVERED, null)));
    }

    @Test
    void aTryThatAnotherServerHasMadeMeanwhileIsNotMadeAgain() {
        put(Duration.ZERO, NotificationEvent.FAILED);
        fail(stores.first, 1);
        DueNotification due = due(ofSecond, LATE).get(0);
        assertTrue(await(ofFirst.close(due, EARLY.instant())).isPresent());
        Instant next = EARLY.instant().plus(Duration.ofMinutes(1));
        assertTrue(await(ofFirst.tried(due, failed(), DeliveryState.WAITING, next)));
        assertEquals(Optional.empty(), await(ofSecond.close(due, LATE.instant())));
    }

    @Test
    void theNextTryComesAfterItsPauseByTheClockOfEachServer() {
        put(Duration.ofMinutes(30), NotificationEvent.FAILED);
        fail(stores.first, 1);
        for (var one : Map.of(ofFirst, EARLY, ofSecond, LATE).entrySet()) {
            Instant now = one.getValue().instant();
            assertEquals(List.of(), due(one.getKey(), one.getValue()));
            Duration wait = Duration.between(now, one.getKey().nextDue(now).orElseThrow());
            assertTrue(wait.compareTo(Duration.ofMinutes(30)) <= 0 && wait.toMinutes() >= 25, wait::toString);
        }
    }

    @Test
    void anEndIsWrittenWhenAnotherServerHasDeletedItsRule() {
        put(Duration.ZERO, NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING);
        fail(stores.second, 1);
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> fail(stores.second, ENDS)),
                        CompletableFuture.runAsync(() -> await(ofFirst.delete("a", null))))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertEquals(1 + ENDS, stores.first.counts().get(JobStatus.FAILED));
        assertEquals(List.of(), ofSecond.messages("a", Long.MAX_VALUE, 10));
    }

    @Test
    void aMessageThatNobodyTriesIsLookedForByWhoListens() throws SQLException {
        put(Duration.ZERO, NotificationEvent.FAILED);
        fail(stores.first, 1);
        var told = new CompletableFuture<Instant>();
        ofSecond.attach(told::complete);
        stores.second.readers().read(this::look);
        assertFalse(told.isDone(), "it is not overdue yet");
        sql("UPDATE notifications SET next_at = next_at - 60000000");
        stores.second.readers().read(this::look);
        assertTrue(Duration.between(told.join(), LATE.instant()).abs().toMinutes() < 5);
    }

    private boolean look(Session session) throws SQLException {
        stores.second.notifications().lookForOverdue(session);
        return true;
    }
}

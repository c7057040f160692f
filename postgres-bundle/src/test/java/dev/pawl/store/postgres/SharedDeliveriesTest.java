package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.testkit.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The deliveries of two stores on one database, by its own clock; those of their servers are hours and years off. */
@ExtendWith(TestDatabase.class)
class SharedDeliveriesTest {

    private static final int MANY = 200;
    private static final DeliveryTry FAILED =
            new DeliveryTry(Instant.parse("2031-03-01T12:00:00Z"), Duration.ofMillis(20), 503, "busy", null);

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private final SettableClock early = SettableClock.at("1999-01-01T00:00:00Z");
    private final SettableClock late = SettableClock.at("2031-03-01T12:00:00Z");
    private PostgresDeliveries ofFirst;
    private PostgresDeliveries ofSecond;

    @BeforeEach
    void open() {
        ofFirst = new PostgresDeliveries(stores.first, early);
        ofSecond = new PostgresDeliveries(stores.second, late);
    }

    /** Ends jobs with a callback in the first store. */
    private void end(int jobs) {
        List<NewJob> added = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            JobRequest request = JobRequest.builder(List.of(new Task("m", Map.of())))
                    .callback(new Callback("https://ci.example.com/" + n, CallbackEvent.ENDS, null))
                    .build();
            added.add(new NewJob(UUID.randomUUID(), request, early.instant()));
        }
        await(stores.first.add(added));
        List<Job> claimed =
                await(stores.first.claim(new ClaimRequest("w", jobs, 10_000, null, Map.of(), early.instant(), null)));
        claimed.forEach(job -> await(
                stores.first.write(RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                        .withMove(new RunMove.Completed(early.instant())))));
    }

    private static List<DueDelivery> take(PostgresDeliveries deliveries, SettableClock clock, int limit) {
        return await(deliveries.take(clock.instant(), Set.of(), Set.of(), limit));
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** Looks as the thread of the lease does. */
    private static void look(PostgresStore store) {
        store.readers().read(session -> {
            store.deliveries().lookForOthers(session);
            return true;
        });
    }

    @Tag("nightly")
    @Test
    void whoListensLooksForDeliveriesOfOthersByItself() throws SQLException {
        end(1);
        sql("UPDATE deliveries SET taker = 7, next_at = next_at - 10000000");
        AtomicInteger told = new AtomicInteger();
        ofSecond.attach(told::incrementAndGet);
        eventually("the other is told", () -> told.get() > 0);
    }

    @Test
    void eachIsTakenByOneServer() {
        end(MANY);
        Set<Long> taken = new HashSet<>();
        for (int round = 0; taken.size() < MANY; round++) {
            var one = CompletableFuture.supplyAsync(() -> take(ofFirst, early, 16));
            var other = CompletableFuture.supplyAsync(() -> take(ofSecond, late, 16));
            List<DueDelivery> both = new ArrayList<>(one.join());
            both.addAll(other.join());
            for (DueDelivery due : both) {
                assertTrue(taken.add(due.number()), "taken by both, or again: " + due);
            }
            for (DueDelivery due : one.join()) {
                assertTrue(await(ofFirst.tried(due, FAILED, DeliveryState.FAILED, null)));
            }
            for (DueDelivery due : other.join()) {
                assertTrue(await(ofSecond.tried(due, FAILED, DeliveryState.FAILED, null)));
            }
            assertTrue(round < MANY, "after so many rounds " + taken.size() + " were taken");
        }
    }

    @Test
    void whoListensTakesWhatItsJobsAddAndLeavesItWhenItListensNoMore() {
        ofFirst.attach(() -> {});
        end(3);
        assertEquals(List.of(), take(ofSecond, late, 10));
        assertEquals(Optional.empty(), ofSecond.nextDue(late.instant().minus(Duration.ofDays(1))));
        assertEquals(3, take(ofFirst, early, 10).size());
        ofFirst.attach(null);
        eventually("the other takes them", () -> take(ofSecond, late, 10).size() == 3);
        assertEquals(List.of(), take(ofFirst, early, 10));
    }

    @Test
    void theDeliveriesOfAServerThatIsGoneAreMadeByTheOtherWhichIsTold() throws SQLException {
        ofFirst.attach(() -> {});
        AtomicInteger told = new AtomicInteger();
        ofSecond.attach(told::incrementAndGet);
        end(1);
        DueDelivery due = take(ofFirst, early, 10).get(0);
        sql("UPDATE deliveries SET taker = 7, next_at = next_at - 10000000; INSERT INTO servers (owner, lease_until) "
                + "SELECT 7, max(lease_until) FROM servers");
        look(stores.second);
        int before = told.get();
        assertEquals(List.of(), take(ofSecond, late, 10), "its lease is not over");
        sql("UPDATE servers SET lease_until = 0 WHERE owner = 7");
        look(stores.second);
        assertTrue(told.get() > before, "the other is told");
        assertEquals(List.of(due), take(ofSecond, late, 10));
        assertFalse(await(ofFirst.tried(due, FAILED, DeliveryState.DELIVERED, null)), "it comes back late");
        assertTrue(await(ofSecond.tried(due, FAILED, DeliveryState.FAILED, null)));
        assertEquals(2, ofFirst.of(due.job()).get(0).tries().size(), "both tries were made");
    }

    @Test
    void aPauseIsAsLongAsItWasMeantWhateverTheClockOfTheServer() {
        end(1);
        DueDelivery due = take(ofSecond, late, 1).get(0);
        Instant next = late.instant().plus(Duration.ofMinutes(10));
        assertTrue(await(ofSecond.tried(due, FAILED, DeliveryState.WAITING, next)));
        assertEquals(List.of(), take(ofSecond, late, 1));
        Duration left = Duration.between(
                late.instant(), ofSecond.nextDue(late.instant()).orElseThrow());
        assertTrue(
                left.compareTo(Duration.ofMinutes(9)) > 0 && left.compareTo(Duration.ofMinutes(11)) < 0,
                () -> "due in " + left);
        Instant made = ofSecond.of(due.job()).get(0).tries().get(0).at();
        assertTrue(made.isBefore(late.instant()), () -> "by the clock of the database: " + made);
    }
}

package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documents of two stores on one database. */
@ExtendWith(TestDatabase.class)
class SharedDocumentsTest {

    private static final int ROUNDS = 100;

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private PostgresDocuments ofFirst;
    private PostgresDocuments ofSecond;

    @BeforeEach
    void open() {
        ofFirst = new PostgresDocuments(stores.first);
        ofSecond = new PostgresDocuments(stores.second);
    }

    private static DocumentCheck is(String wanted) {
        return present -> {
            if (!Objects.equals(wanted, present)) {
                throw new IllegalStateException("another one");
            }
        };
    }

    /** Counts a document up by compare-and-set, so often that each success counts once. */
    private static void count(PostgresDocuments documents) {
        for (int done = 0; done < ROUNDS; ) {
            String before = documents.get("m", "n").orElse(null);
            String after = String.valueOf(before == null ? 1 : Integer.parseInt(before) + 1);
            try {
                await(documents.put("m", "n", after, is(before)));
                done++;
            } catch (IllegalStateException another) {
                // counted by the other server: read it again
            }
        }
    }

    @Test
    void noChangeIsLostWhenBothCompareAndSet() {
        var one = CompletableFuture.runAsync(() -> count(ofFirst));
        var other = CompletableFuture.runAsync(() -> count(ofSecond));
        CompletableFuture.allOf(one, other).orTimeout(60, TimeUnit.SECONDS).join();
        assertEquals(Optional.of(String.valueOf(2 * ROUNDS)), ofFirst.get("m", "n"));
    }

    @Test
    void ofTwoThatAddTheFirstDocumentOneIsRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "n" + round;
            CompletableFuture<Void> one = ofFirst.put("m", name, "1", is(null)).toCompletableFuture();
            CompletableFuture<Void> other =
                    ofSecond.put("m", name, "2", is(null)).toCompletableFuture();
            boolean isOne = one.handle((done, failure) -> failure == null).join();
            boolean isOther = other.handle((done, failure) -> failure == null).join();
            assertEquals(1, (isOne ? 1 : 0) + (isOther ? 1 : 0), name);
            assertEquals(Optional.of(isOne ? "1" : "2"), ofFirst.get("m", name));
        }
    }

    private static long rowsOfNews() throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement();
                var rows = sql.executeQuery("SELECT count(*) FROM news")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aServerIsToldOfChangesThatAnotherMakesToDocumentsOfTheRuntimeAndOfNoOthers() throws SQLException {
        AtomicInteger changed = new AtomicInteger();
        AtomicInteger untouched = new AtomicInteger(); // told when something may have been missed, as its neighbour is
        ofSecond.observe("pawl:a", owner -> changed.incrementAndGet());
        ofSecond.observe("pawl:b", owner -> untouched.incrementAndGet());
        assertTrue(changed.get() >= 1, "of what was changed before");
        await(ofFirst.put("m", "n", "1"));
        assertEquals(0, rowsOfNews());
        await(ofFirst.put("pawl:a", "n", "1"));
        await(ofFirst.delete("pawl:a", "n"));
        await(ofSecond.put("pawl:b", "own", "1"));
        eventually(() -> assertTrue(changed.get() - untouched.get() >= 2, changed + " and " + untouched));
        assertEquals(3, rowsOfNews());
    }

    @Test
    void aRunThatAnotherServerHasTakenChangesNoDocument() throws SQLException {
        NewJob job = new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                Instant.EPOCH);
        await(stores.first.add(List.of(job)));
        Job run = await(stores.first.claim(new ClaimRequest("w", 1, 10_000, null, Map.of(), Instant.EPOCH, null)))
                .get(0);
        RunId id = new RunId(run.id(), run.state().epoch());
        await(ofFirst.put(id, "m", "n", "1"));
        assertThrows(StaleRunException.class, () -> await(ofSecond.put(id, "m", "n", "2")));
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("UPDATE servers SET lease_until = 0 WHERE owner = (SELECT min(owner) FROM runs)");
        }
        assertEquals(1, await(stores.second.recover(3, Instant.EPOCH)).size());
        assertThrows(StaleRunException.class, () -> await(ofFirst.put(id, "m", "n", "3")));
        assertThrows(StaleRunException.class, () -> await(ofFirst.delete(id, "m", "n")));
        assertEquals(Optional.of("1"), ofSecond.get("m", "n"));
    }
}

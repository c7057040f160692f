package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TestDatabase.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.store.InboxStore;
import dev.pawl.testkit.InboxStoreContract;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of all inboxes, and what two servers hold together. */
@ExtendWith(TestDatabase.class)
class PostgresInboxStoreTest extends InboxStoreContract {

    private static final int FULL = 64;

    /** Fills the inbox to the last character, without texts of that length. */
    private static final String FILL = "WITH added AS (INSERT INTO inbox (id, received_at, payload, characters) "
            + "SELECT gen_random_uuid(), 0, '{}', %2$d FROM generate_series(1, %1$d) RETURNING 1), "
            + "told AS (INSERT INTO inbox_totals (one, callbacks, characters) VALUES (1, %1$d, %3$d)) "
            + "SELECT count(*) FROM added";

    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        TestDatabase.empty();
        store = TestDatabase.store();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected InboxStore inbox() {
        return new PostgresInbox(store);
    }

    @Override
    protected void reopen() {
        store.close();
        store = TestDatabase.store();
    }

    @Test
    void whatTwoServersAddIsBoundedTogetherAndCountedExactly() throws SQLException {
        assertEquals(FULL, number(FILL.formatted(FULL, InboxStore.MOST_CHARACTERS / FULL, InboxStore.MOST_CHARACTERS)));
        PostgresStore other = TestDatabase.store();
        try {
            List<InboxStore> both = List.of(inbox(), new PostgresInbox(other));
            List<CompletableFuture<Void>> added = new ArrayList<>();
            for (int n = 0; n < 4 * FULL; n++) {
                ReceivedCallback callback = new ReceivedCallback(
                        0, UUID.randomUUID(), Instant.EPOCH, null, null, null, "\"" + "x".repeat(n) + "\"");
                added.add(both.get(n % 2).add(callback).toCompletableFuture());
            }
            CompletableFuture.allOf(added.toArray(CompletableFuture[]::new))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            InboxStore.Totals totals = inbox().totals();
            assertTrue(totals.characters() <= InboxStore.MOST_CHARACTERS, totals.toString());
            assertEquals(number("SELECT count(*) FROM inbox"), totals.callbacks());
            assertEquals(number("SELECT sum(characters) FROM inbox"), totals.characters());
            assertEquals(4 * FULL, number("SELECT count(*) FROM inbox WHERE payload <> '{}'"));
        } finally {
            other.close();
        }
    }
}

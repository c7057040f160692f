package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Claims while somebody's open transaction keeps all that was claimed since it began. */
@ExtendWith(TestDatabase.class)
class OpenTransactionTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");
    private static final int CLAIMED_BEFORE = 100_000;
    private static final int CLAIMS = 20;

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.migrate();
        TestDatabase.empty();
        TestDatabase.run("VACUUM ready");
    }

    private static void add(PostgresStore store, int jobs) {
        await(store.add(Stream.generate(() -> new NewJob(
                        UUID.randomUUID(),
                        JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                        ANY_TIME))
                .limit(jobs)
                .toList()));
    }

    private static List<Job> claim(PostgresStore store) {
        return await(store.claim(new ClaimRequest("w", 1, 10_000, null, Map.of(), ANY_TIME, null)));
    }

    private static void claimAll(PostgresStore store) {
        for (int n = 0; n < CLAIMS; n++) {
            assertEquals(1, claim(store).size());
        }
    }

    /** Lets very many jobs wait and be gone, after those that wait now. */
    private static void passMany() throws SQLException {
        TestDatabase.run("INSERT INTO ready (job, module_key, lane, queued_at) SELECT 1000000000 + i, 'm', 1000, "
                + "(SELECT max(queued_at) FROM jobs) FROM generate_series(1, " + CLAIMED_BEFORE + ") i");
        TestDatabase.run("DELETE FROM ready WHERE job > 1000000000");
    }

    /** The entries of the queue's index that were read, by sessions that have ended. */
    private static long entriesRead() throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'ready_queue'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Runs a part of a test; returns the number of entries that the store has read. */
    private static long entriesReadBy(Part part) throws SQLException {
        long before = entriesRead();
        try (Connection other = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT pg_current_xact_id()");
            try (PostgresStore store = TestDatabase.store()) {
                part.run(store);
            }
            other.rollback();
        }
        return entriesRead() - before;
    }

    private interface Part {
        void run(PostgresStore store) throws SQLException;
    }

    @Test
    void claimsReadNothingOfWhatThisServerKnowsToBeClaimed() throws SQLException {
        long read = entriesReadBy(store -> {
            add(store, 1);
            assertEquals(1, claim(store).size());
            assertEquals(0, claim(store).size());
            passMany();
            add(store, CLAIMS);
            claimAll(store);
        });
        assertTrue(read < 10 * CLAIMS * CLAIMS, () -> read + " entries were read");
    }

    @Test
    void whatOthersHaveClaimedIsNotReadAgainAndAgain() throws SQLException {
        long read = entriesReadBy(store -> {
            add(store, 2);
            assertEquals(1, claim(store).size());
            passMany(); // after the other one, which is the first place by now
            add(store, CLAIMS);
            claimAll(store);
        });
        assertTrue(read > CLAIMED_BEFORE / 2, () -> "only " + read + " entries were read");
        assertTrue(read < 3 * CLAIMED_BEFORE, () -> read + " entries were read");
    }
}

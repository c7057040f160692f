package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TestDatabase.number;
import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
    private static final String WITHOUT_INDEX = "SET enable_indexscan = off; SET enable_bitmapscan = off; ";
    private static final String SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'pawl%'";
    private static final String ROWS_OF_SCANS = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'jobs'";
    private static final String RUNS_DELETED = "SELECT n_tup_del FROM pg_stat_user_tables WHERE relname = 'runs'";

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.migrate();
        TestDatabase.empty();
        TestDatabase.run("VACUUM ready, later, runs, commits");
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
        return claim(store, Map.of());
    }

    private static List<Job> claim(PostgresStore store, Map<String, Integer> limits) {
        return await(store.claim(new ClaimRequest("w", 1, 10_000, null, limits, ANY_TIME, null)));
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

    /** Lets very many jobs run and be over, of modules with a limit or without one. */
    private static void runMany(boolean isLimited) throws SQLException {
        TestDatabase.run("INSERT INTO runs (job, module_key, lane, queued_at, owner, epoch, limited_claim) "
                + "SELECT 1000000000 + i, 'm', 1000, 0, 1, 1, " + (isLimited ? "nextval('limited_claims')" : "NULL")
                + " FROM generate_series(1, " + CLAIMED_BEFORE + ") i");
        long deleted = number(RUNS_DELETED);
        deleteMany("runs");
        eventually("what that has read is counted", () -> number(RUNS_DELETED) >= deleted + CLAIMED_BEFORE);
    }

    private static void deleteMany(String table) throws SQLException {
        TestDatabase.run(WITHOUT_INDEX + "DELETE FROM " + table + " WHERE job > 1000000000");
    }

    /** Lets very many jobs become due one after the other, and be gone. */
    private static void becomeDue() throws SQLException {
        TestDatabase.run(
                "INSERT INTO later (job, module_key, lane, queued_at, due_at) SELECT 1000000000 + i, 'm', 1000, 0, i "
                        + "FROM generate_series(1, " + CLAIMED_BEFORE + ") i");
        deleteMany("later");
    }

    /** The entries of an index, or of some, that were read, by sessions that have ended. */
    private static long entriesRead(String indexes) throws SQLException {
        return number("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE indexrelname LIKE '" + indexes + "'");
    }

    /** Runs a part of a test; returns the number of entries of the queue that the store has read. */
    private static long entriesReadBy(Part part) throws SQLException {
        return entriesReadBy("ready_queue", part);
    }

    private static long entriesReadBy(String indexes, Part part) throws SQLException {
        long before = entriesRead(indexes);
        try (Connection other = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT pg_current_xact_id()");
            try (PostgresStore store = TestDatabase.store()) {
                part.run(store);
            }
            eventually(
                    "sessions of the store have ended, and what they have read is counted",
                    () -> number(SESSIONS) == 0);
            other.rollback();
        }
        return entriesRead(indexes) - before;
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

    @Test
    void whatIsDueIsLookedForAfterWhatWasDueBefore() throws SQLException {
        long read = entriesReadBy(
                "later\\_%",
                store -> {
                    becomeDue();
                    add(store, CLAIMS);
                    claimAll(store);
                });
        assertTrue(read > CLAIMED_BEFORE / 2, () -> "only " + read + " entries were read");
        assertTrue(read < 3 * CLAIMED_BEFORE, () -> read + " entries were read");
    }

    @Test
    void whatRunsIsReadWithoutTheJobsThatDoNot() throws SQLException {
        int jobs = 2_000;
        long before = number(ROWS_OF_SCANS);
        entriesReadBy(store -> {
            add(store, jobs);
            assertEquals(1, claim(store).size());
            runMany(false); // so that the planner expects very many
            for (int look = 0; look < CLAIMS; look++) {
                assertEquals(1, store.running().size());
            }
        });
        long read = number(ROWS_OF_SCANS) - before;
        assertTrue(read < jobs, () -> read + " rows of jobs were read");
    }

    @Test
    void countsReadNothingThatWasFolded() throws SQLException {
        long read = entriesReadBy("commits_pkey", store -> {
            add(store, 3);
            TestDatabase.run("INSERT INTO commits (owner, n, pending, running, completed, failed, stopped) "
                    + "SELECT 1, i, 1, 0, 0, 0, 0 FROM generate_series(0, " + CLAIMED_BEFORE + ") i");
            TestDatabase.run(WITHOUT_INDEX + "DELETE FROM commits WHERE owner = 1 AND n > 0 AND n < " + CLAIMED_BEFORE);
            for (int look = 0; look < CLAIMS; look++) {
                assertEquals(5L, store.tally(JobFilter.all(), true).counts().get(JobStatus.PENDING));
            }
        });
        assertTrue(read > CLAIMED_BEFORE / 2, () -> "only " + read + " entries were read");
        assertTrue(read < 4 * CLAIMED_BEFORE, () -> read + " entries were read");
    }

    /** The blocks of the runs, in the table and its indexes, that a number of claims for a limited module read after very many runs. */
    private static long blocksReadAfter(boolean isLimited) throws SQLException {
        long[] before = new long[1];
        entriesReadBy("runs_pkey", store -> {
            add(store, CLAIMS + 1);
            assertEquals(1, claim(store, Map.of("m", 1_000)).size());
            runMany(isLimited);
            before[0] = blocksRead();
            for (int n = 0; n < CLAIMS; n++) {
                assertEquals(1, claim(store, Map.of("m", 1_000)).size());
            }
        });
        return blocksRead() - before[0];
    }

    private static long blocksRead() throws SQLException {
        return number("SELECT heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read "
                + "FROM pg_statio_user_tables WHERE relname = 'runs'");
    }

    @Test
    void aCountOfALimitedModuleReadsWhatRunsAndNothingThatRan() throws SQLException {
        long read = blocksReadAfter(false);
        assertTrue(read < CLAIMED_BEFORE / 10, () -> read + " blocks were read"); // one look at all reads 1,700
    }

    @Test
    void whatOthersHaveRunWithALimitIsReadOnce() throws SQLException {
        long table = CLAIMED_BEFORE / 100; // about the blocks of the rows
        long read = blocksReadAfter(true);
        assertTrue(read > table, () -> "only " + read + " blocks were read");
        assertTrue(read < 10 * table, () -> read + " blocks were read");
    }

    @Test
    void theFoldingOfTransactionsReadsThoseSinceTheLastOne() throws SQLException {
        long folded = 256;
        int folds = 8;
        long beganNs = System.nanoTime();
        long read = entriesReadBy("commits_pkey", store -> {
            for (int n = 0; n <= folds * folded; n++) {
                await(store.offer());
            }
        });
        assertTrue(read >= (folds - 1) * folded, () -> "only " + read + " entries were read");
        // one a second at what is not folded, and at what has been since the one before
        long looks = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs) + 2;
        assertTrue(read < (folds + 1 + 2 * looks) * folded, () -> read + " entries were read");
    }
}

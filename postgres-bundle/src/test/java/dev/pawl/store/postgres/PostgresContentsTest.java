package dev.pawl.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.MovableStore.Place;
import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.launch.RecordKind;
import dev.pawl.launch.StoreContents;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.StoreContentsContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contents of a PostgreSQL store as records. */
@ExtendWith(TestDatabase.class)
class PostgresContentsTest extends StoreContentsContract {

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    static Place place(Path data) {
        return new Place(
                new StoreFiles(data.resolve("pawl.db"), data, "0"),
                Map.of(
                        "pawl.store.url",
                        "postgresql://postgres@localhost:"
                                + TestDatabase.server().getPort() + "/postgres",
                        "pawl.store.password",
                        "postgres"));
    }

    @Override
    protected StoreContents.Target fill() {
        return new MovablePostgresStore().fill(place(Path.of("none")), "elsewhere");
    }

    @Override
    protected StoreContents open() {
        return new MovablePostgresStore().open(place(Path.of("none")));
    }

    private static void complete(StoreContents.Target target) {
        fill(target);
        target.complete();
        target.close();
    }

    private static void assertRefused(String word, org.junit.jupiter.api.function.Executable call) {
        ProblemException refused = assertThrows(ProblemException.class, call);
        assertTrue(String.valueOf(refused.getMessage()).contains(word), refused::getMessage);
    }

    @Test
    void serversRefuseADatabaseThatIsBeingFilled() {
        StoreContents.Target target = fill();
        assertRefused("pawl migrate", TestDatabase::store);
        complete(target);
        try (PostgresStore store = TestDatabase.store()) {
            assertEquals(
                    8,
                    store.counts().values().stream().mapToLong(Long::longValue).sum());
        }
    }

    /** As a process that is killed leaves it: its transaction is rolled back, and the mark stays. */
    @Test
    void aFillingThatDiedIsRefusedByServersAndBegunAnew() throws SQLException {
        StoreContents.Target died = fill();
        fill(died);
        TestDatabase.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pawl-writer'");
        assertRefused("pawl migrate", TestDatabase::store);
        assertRefused("is being filled", this::open);
        complete(fill());
        try (StoreContents contents = open()) {
            assertFilled(contents);
        }
        assertThrows(ProblemException.class, died::close);
    }

    @Test
    void aDatabaseWithAServerIsNeitherReadNorFilled() {
        try (PostgresStore server = TestDatabase.store()) {
            assertRefused("Servers use the store", this::fill);
            assertRefused("Servers use the store", this::open);
            assertEquals(
                    0,
                    server.counts().values().stream().mapToLong(Long::longValue).sum());
        }
    }

    /** Jobs that ran have no owner, so that the first server puts them back. */
    @Test
    void runsOfNoProcessAreRecovered() throws Exception {
        complete(fill());
        try (PostgresStore store = TestDatabase.store()) {
            List<java.util.UUID> parked = store.recover(5, java.time.Instant.now())
                    .toCompletableFuture()
                    .get();
            assertEquals(1, parked.size()); // the other one has the lease of an external worker
            assertEquals(1, store.counts().get(JobStatus.RUNNING));
        }
    }

    @Test
    void numbersGoOnAfterTheHighest() throws SQLException {
        complete(fill());
        for (String table : List.of("inbox", "notifications", "deliveries", "hook_calls")) {
            TestDatabase.run(
                    "DO $$ BEGIN IF nextval(pg_get_serial_sequence('" + table + "', 'n')) <= (SELECT max(n) FROM "
                            + table + ") THEN RAISE EXCEPTION '" + table + "'; END IF; END $$");
        }
        TestDatabase.run(
                "DO $$ BEGIN IF nextval('job_numbers') <= (SELECT max(job) FROM jobs) THEN RAISE EXCEPTION 'jobs'; END IF; END $$");
    }

    /** Otherwise the planner would take tables for empty that were so a moment ago. */
    @Test
    void theSizesOfTablesAreKnownOnceTheyAreFilled() throws SQLException {
        TestDatabase.run("VACUUM ANALYZE jobs, ended");
        complete(fill());
        TestDatabase.run(
                "DO $$ BEGIN IF (SELECT sum(reltuples) FROM pg_class WHERE relname IN ('jobs', 'ended')) <> 12 "
                        + "THEN RAISE EXCEPTION 'sizes'; END IF; END $$");
    }

    @Test
    void theTableOfWaitingJobsKeepsTheirOrder() throws SQLException {
        complete(fill());
        TestDatabase.run("DO $$ BEGIN IF EXISTS (SELECT 1 FROM jobs one JOIN jobs other ON other.job > one.job "
                + "AND other.queued_at < one.queued_at) THEN RAISE EXCEPTION 'order'; END IF; END $$");
    }

    @Test
    void halfOfASurrogatePairIsKept() {
        RecordKind documents;
        try (StoreContents.Target target = fill()) {
            documents = target.kinds().stream()
                    .filter(kind -> kind.name().equals("documents"))
                    .findFirst()
                    .orElseThrow();
            target.add(documents, record("m", "n", "\ud800", 1L));
            assertEquals("\ud800", records(target, documents).get(0)[2]);
        }
    }
}

package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.testkit.fake.RecordedMetrics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Purge and check of a database that two servers share. */
@ExtendWith(TestDatabase.class)
class PostgresUpkeepTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.system();

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private PostgresUpkeep upkeep() {
        return new PostgresUpkeep(stores.first, CLOCK);
    }

    private static List<Job> ended(PostgresStore store, int jobs, int lines, int results) {
        JobRequest request =
                JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        await(store.add(IntStream.range(0, jobs)
                .mapToObj(n -> new NewJob(UUID.randomUUID(), request, ANY_TIME))
                .toList()));
        List<Job> runs = await(store.claim(new ClaimRequest("w", jobs, 10_000, null, Map.of(), ANY_TIME, null)));
        CompletableFuture.allOf(runs.stream()
                        .map(run -> store.write(completed(run, lines, results)).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        return runs;
    }

    private static RunWrite completed(Job run, int lines, int results) {
        return RunWrite.of(new RunId(run.id(), run.state().epoch()), 0)
                .withLines(IntStream.range(0, lines)
                        .mapToObj(n -> new RunWrite.Line(ANY_TIME, LogLevel.INFO, "line " + n))
                        .toList())
                .withResults(IntStream.range(0, results)
                        .mapToObj(n -> new RunWrite.Emitted(ANY_TIME, "{}"))
                        .toList())
                .withMove(new RunMove.Completed(ANY_TIME));
    }

    private static PurgeRequest completedBefore(Instant before, boolean dryRun) {
        return new PurgeRequest(Map.of(JobStatus.COMPLETED, before), dryRun);
    }

    private static Instant soon() {
        return CLOCK.instant().plus(Duration.ofMinutes(1));
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void whatIsOldByTheClockOfTheDatabaseGoesWhateverThatOfTheServerSays() {
        ended(stores.first, 1, 0, 0);
        PostgresUpkeep behind =
                new PostgresUpkeep(stores.second, () -> CLOCK.instant().minus(Duration.ofHours(5)));
        Instant byServer = CLOCK.instant().minus(Duration.ofHours(5)).plus(Duration.ofMinutes(1));
        assertEquals(0, behind.purge(completedBefore(byServer, false)).total(), "the earlier one of two clocks");
        Instant byStore = behind.present().orElseThrow().plus(Duration.ofMinutes(1));
        Map<JobStatus, Instant> before = Map.of(JobStatus.COMPLETED, byStore);
        assertEquals(1, behind.purge(new PurgeRequest(before, false, true)).total());
    }

    @Test
    void jobsGoOnceTheyEndedLongEnoughAgoWithAllTheirRows() throws SQLException {
        Job old = ended(stores.first, 1, 3, 2).get(0);
        sql("UPDATE ended SET completed_at = completed_at - 3600000000");
        Job fresh = ended(stores.first, 1, 1, 1).get(0);
        Instant before = CLOCK.instant().minus(Duration.ofMinutes(30));
        assertEquals(1, upkeep().purge(completedBefore(before, true)).total());
        assertEquals(1, upkeep().purge(completedBefore(before, false)).total());
        assertEquals(0, upkeep().purge(completedBefore(before, false)).total());
        assertEquals(Optional.empty(), stores.second.find(old.id()));
        assertTrue(stores.second.find(fresh.id()).isPresent());
        assertEquals(1, stores.second.counts().get(JobStatus.COMPLETED));
        assertEquals(new CheckReport(1, List.of()), upkeep().check());
    }

    @Test
    void aJobWithManyRowsGoesInPiecesAndOthersBeforeIt() {
        ended(stores.first, 20, 10, 10);
        ended(stores.first, 1, 5_000, 3_000);
        ended(stores.first, 20, 10, 10);
        assertEquals(41, upkeep().purge(completedBefore(soon(), false)).total());
        assertEquals(new CheckReport(0, List.of()), upkeep().check());
    }

    @Test
    void twoServersThatPurgeAtOnceRemoveEachJobOnce() {
        int jobs = 2_500;
        ended(stores.first, jobs, 1, 1);
        var one = CompletableFuture.supplyAsync(() -> upkeep().purge(completedBefore(soon(), false)));
        var other = CompletableFuture.supplyAsync(
                () -> new PostgresUpkeep(stores.second, CLOCK).purge(completedBefore(soon(), false)));
        assertEquals(jobs, one.join().total() + other.join().total());
        assertEquals(0, stores.first.counts().get(JobStatus.COMPLETED));
        assertEquals(new CheckReport(0, List.of()), upkeep().check());
    }

    @Test
    void aClockThatIsAheadRemovesNothingMore() {
        ended(stores.first, 1, 0, 0);
        InstantSource ahead = InstantSource.offset(CLOCK, Duration.ofDays(40));
        Instant before = ahead.instant().minus(Duration.ofDays(30));
        assertEquals(
                0,
                new PostgresUpkeep(stores.first, ahead)
                        .purge(completedBefore(before, false))
                        .total());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE commits SET completed = completed + 1",
                "DELETE FROM ended",
                "INSERT INTO runs (job, module_key, lane, queued_at, owner, epoch) "
                        + "SELECT job, module_key, lane, queued_at, 7, 1 FROM ended",
                "DELETE FROM jobs",
                "DELETE FROM results WHERE n = 1",
                "DELETE FROM log_lines WHERE n = 3",
                "UPDATE ended SET final_results = 0",
                "UPDATE results SET job = job + 7",
                "INSERT INTO artifact_sets SELECT job, gen_random_uuid(), 1, 1 FROM jobs",
                "INSERT INTO deliveries (job, event, host, state, added_at, since, tries) SELECT job, 'failed', '', 'waiting', 0, 0, 0 FROM jobs",
                "UPDATE audit_chunks SET body = 'x'"
            })
    void aCheckFindsWhatIsWrong(String damage) throws SQLException {
        ended(stores.first, 1, 3, 3);
        var entry = new AuditedChange(Actor.inside(Door.SERVER), "a", "", ANY_TIME).entry(AuditOutcome.DONE, "");
        await(new PostgresAudit(stores.first).append(List.of(entry)));
        assertEquals(new CheckReport(1, List.of()), upkeep().check());
        sql(damage);
        assertFalse(upkeep().check().isSound(), damage);
    }

    @Test
    void aStoreThatCannotBeWrittenSaysWhyAndIsTriedAgain() throws SQLException {
        assertEquals(Optional.empty(), upkeep().trouble());
        sql("ALTER TABLE jobs RENAME TO away");
        try {
            assertThrows(ProblemException.class, () -> ended(stores.first, 1, 0, 0));
        } finally {
            sql("ALTER TABLE away RENAME TO jobs");
        }
        assertEquals(Optional.empty(), upkeep().trouble(), "the look itself has found that it can be written again");
        ended(stores.first, 1, 0, 0);
    }

    @Test
    void aDatabaseThatIsAwayIsSaidSoonAndDoesNotHoldUpReadersOfModules() throws Exception {
        TcpProxy network = TcpProxy.to(TestDatabase.server().getPort());
        PostgresAddress address = new PostgresAddress(
                "jdbc:postgresql://localhost:" + network.port() + "/postgres", "postgres", "postgres");
        PostgresStore store =
                PostgresStore.open(address, StoreClock.ofDatabase(), LogCap.DEFAULT, Duration.ofSeconds(15));
        try {
            PostgresDeployments deployments = new PostgresDeployments(store);
            assertEquals(List.of(), deployments.current());
            network.close();
            eventually(
                    "it is said",
                    () -> new PostgresUpkeep(store, CLOCK).trouble().orElse("").contains("does not reach"));
            assertEquals(List.of(), deployments.current());
            assertEquals(
                    0,
                    RecordedMetrics.of(new PostgresMetrics(store, CLOCK, (String) null))
                            .value("pawl_store_up"));
        } finally {
            network.close();
            store.close();
        }
    }

    @Test
    void aBackupIsRefusedWithTheToolThatMakesOne() {
        var refused = assertThrows(ProblemException.class, () -> upkeep().backup(Path.of("x"), false));
        assertTrue(refused.getMessage().contains("pg_dump"), refused.getMessage());
    }
}

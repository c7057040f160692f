package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Run;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that texts that an older release stored without a limit are cut to the limit when read. */
class OlderTextsTest {

    private static final int HUGE = 300_000;
    private static final int RUNS = 20;
    private static final String TEXT = "x".repeat(HUGE);
    private static final String FAILURE = "{\"phase\":\"RUN\",\"task_index\":0,\"module\":\"a\",\"message\":\"" + TEXT
            + "\",\"stack\":\"" + TEXT + "\"}";

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private SqliteStore store;
    private UUID failed;

    @BeforeEach
    void fill() throws SQLException {
        store = new SqliteStore(folder.resolve("pawl.db"), clock);
        StoredJobs jobs = new StoredJobs(store, clock);
        failed = jobs.ended(JobStatus.FAILED, 1, 0).id();
        new SqliteDeployments(store)
                .note(new HistoryEntry(
                        clock.instant(), "ada", "b", List.of("a"), Action.INSTALL, null, "1", "0", Outcome.FAILED, ""))
                .toCompletableFuture()
                .join();
        store.close();
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("pawl.db"))) {
            update(old, "UPDATE jobs SET epoch = " + RUNS + ", failure = ?", FAILURE);
            update(old, "UPDATE jobs SET info = ?", "{\"error\":\"" + TEXT + "\"}");
            update(old, "UPDATE log_lines SET message = ?", TEXT);
            update(old, "UPDATE deployment_history SET detail = ?", TEXT);
            for (int epoch = 1; epoch < RUNS; epoch++) {
                update(
                        old,
                        "INSERT INTO former_runs SELECT seq, " + epoch
                                + ", 0, NULL, 'w1', created_at, created_at, 'retry', ? FROM jobs",
                        FAILURE);
            }
        }
        store = new SqliteStore(folder.resolve("pawl.db"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void update(Connection database, String sql, String value) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, value);
            assertTrue(statement.executeUpdate() > 0, sql);
        }
    }

    private static void assertCut(TextLimit limit, String text) {
        assertTrue(text.length() <= limit.characters(), () -> text.length() + " characters");
        assertTrue(text.endsWith(" more characters were cut]"), text);
    }

    @Test
    void theFailuresOfAJobAndOfAllItsRunsAreReadCut() {
        Job job = store.find(failed).orElseThrow();
        assertCut(TextLimit.MESSAGE, job.state().failure().message());
        assertCut(TextLimit.STACK, job.state().failure().stack());
        List<Run> runs = store.runs(failed);
        assertEquals(
                LongStream.rangeClosed(1, RUNS).boxed().toList(),
                runs.stream().map(Run::epoch).toList());
        runs.forEach(run -> assertCut(TextLimit.MESSAGE, run.failure().message()));
    }

    @Test
    void whatAWorkerSaidIsLeftOutWhereItIsTooLong() {
        Map<String, Object> leftOut = Map.of("left_out", "info of 300,012 bytes; at most 16,384 are kept");
        assertEquals(
                leftOut, store.find(failed).orElseThrow().state().progress().info());
    }

    @Test
    void linesAndTheHistoryOfAModuleAreReadCut() {
        assertCut(TextLimit.LINE, store.logs(failed, 10).get(0).message());
        assertCut(
                TextLimit.MESSAGE,
                new SqliteDeployments(store).history("a", 10).get(0).detail());
    }

    @Test
    void aPageOfJobsIsNoLongerForIt() {
        List<Job> page = store.list(JobFilter.all()).jobs();
        long characters =
                page.stream().mapToLong(job -> job.state().toString().length()).sum();
        assertTrue(characters < JobStore.PAGE_CHARACTERS / 100, () -> characters + " characters");
    }
}

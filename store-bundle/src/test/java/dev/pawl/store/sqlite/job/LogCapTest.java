package dev.pawl.store.sqlite.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.LogEntry;
import dev.pawl.store.kit.LogLimits;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.store.sqlite.StoredJobs;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCapTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aLogKeepsItsLatestLinesAndSaysHowManyAreGone() {
        try (SqliteStore store = open(new LogCap(new LogLimits(100, 1_000_000)))) {
            StoredJobs jobs = new StoredJobs(store, clock);
            Job job = jobs.started();
            jobs.say(job, 100, "kept");
            assertEquals("kept", store.logsAfter(job.id(), 0, 1).get(0).message());
            jobs.say(job, 1, "one more");
            List<LogEntry> log = store.logsAfter(job.id(), 0, 1_000);
            assertEquals(100, log.size());
            LogEntry note = log.get(0);
            assertEquals(2, note.sequence());
            assertEquals(LogLevel.WARNING, note.level());
            assertEquals(-1, note.taskIndex());
            assertEquals(
                    "2 earlier lines were dropped: a log keeps its last 100 lines and 1000000 characters.",
                    note.message());
            assertEquals(101, log.get(99).sequence());
            jobs.say(job, 1_000, "flood");
            List<LogEntry> flooded = store.logsAfter(job.id(), 0, 1_000);
            assertEquals(100, flooded.size());
            assertTrue(flooded.get(0).message().startsWith(flooded.get(0).sequence() + " earlier lines were dropped"));
            assertEquals(1_101, flooded.get(flooded.size() - 1).sequence());
        }
    }

    @Test
    void aLogKeepsNoMoreTextThanItsSize() throws SQLException {
        try (SqliteStore store = open(new LogCap(new LogLimits(1_000, 10_000)))) {
            StoredJobs jobs = new StoredJobs(store, clock);
            Job job = jobs.started();
            for (int n = 0; n < 50; n++) {
                jobs.say(job, 10, "x".repeat(100));
            }
            int kept = store.logs(job.id(), 1_000).stream()
                    .mapToInt(line -> line.message().length())
                    .sum();
            assertTrue(kept <= 10_000 && kept > 10_000 - 100, kept + " characters");
            assertEquals(kept, number("SELECT log_size FROM jobs"));
            jobs.say(job, 1, "y".repeat(20_000));
            assertEquals(20_000, store.logs(job.id(), 1).get(0).message().length(), "the newest line always stays");
        }
    }

    private SqliteStore open(LogCap cap) {
        return new SqliteStore(folder.resolve("pawl.db"), clock, cap);
    }

    private long number(String sql) throws SQLException {
        try (Session session = new Database(folder.resolve("pawl.db")).reader()) {
            return session.number(sql);
        }
    }
}

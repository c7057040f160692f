package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {

    private static final int KILLS = 5;
    private static final int MOST_LINES = 2_000;

    @TempDir
    private Path folder;

    @Test
    void aKillLosesNothingThatWasAcknowledged() throws Exception {
        Path file = folder.resolve("pawl.db");
        Random random = new Random(20260301);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            int before = acknowledged.size();
            workAndKill(file, random.nextInt(MOST_LINES), acknowledged);
            assertTrue(acknowledged.size() > before, "The process acknowledged nothing.");
            audit(file, acknowledged);
        }
    }

    private static void workAndKill(Path file, int lines, List<String> acknowledged) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            int seen = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.endsWith(" .")) {
                    acknowledged.add(line);
                }
                if (seen++ == lines) {
                    process.toHandle().destroyForcibly(); // SIGKILL; its output until then is read to the end
                }
            }
        }
    }

    private static void audit(Path file, List<String> acknowledged) throws SQLException {
        try (Session session = new Database(file).writer()) {
            assertEquals(
                    "ok",
                    session.first("PRAGMA integrity_check", row -> row.getString(1))
                            .orElseThrow());
            assertEquals(0, session.list("PRAGMA foreign_key_check", row -> 1).size());
        }
        SqliteStore store = new SqliteStore(file, SettableClock.at("2026-03-01T12:00:00Z"));
        try {
            for (String line : acknowledged) {
                String[] words = line.split(" ", -1);
                checkAcknowledged(store, words[0], UUID.fromString(words[1]), Integer.parseInt(words[2]));
            }
            checkAll(store);
        } finally {
            store.close();
        }
    }

    private static void checkAcknowledged(SqliteStore store, String what, UUID id, int n) {
        Job job = store.find(id).orElseThrow(() -> new AssertionError("Lost: " + what + " " + id));
        switch (what) {
            case "added" -> assertEquals(id, job.id());
            case "counted" -> assertTrue((Integer) job.state().checkpoint().getOrDefault("counted", 0) >= n);
            case "completed" -> assertEquals(JobStatus.COMPLETED, job.state().status());
            default -> throw new AssertionError(what);
        }
    }

    /** Checks that each job's results match its checkpoint, that numbers have no gaps, and that the counts match the rows. */
    private static void checkAll(SqliteStore store) {
        Map<JobStatus, Long> counted = new TreeMap<>();
        for (JobStatus status : JobStatus.values()) {
            counted.put(status, 0L);
        }
        JobFilter filter = JobFilter.all().withLimit(JobFilter.MOST);
        for (JobPage<Job> page = store.list(filter); ; page = store.list(filter.from(page.nextCursor()))) {
            for (Job job : page.jobs()) {
                counted.merge(job.state().status(), 1L, Long::sum);
                checkOne(store, job);
            }
            if (page.nextCursor() == null) {
                break;
            }
        }
        assertEquals(counted, store.counts());
    }

    private static void checkOne(SqliteStore store, Job job) {
        int saved = (Integer) job.state().checkpoint().getOrDefault("counted", 0);
        assertEquals(
                IntStream.rangeClosed(1, saved)
                        .mapToObj(n -> "{\"n\":" + n + "}")
                        .toList(),
                store.results(job.id(), 0, 100).results().stream()
                        .map(JobResult::json)
                        .toList());
        if (job.state().status() == JobStatus.COMPLETED) {
            assertEquals(KilledWriter.RESULTS, saved);
        }
        List<Long> numbers =
                store.logs(job.id(), 1_000).stream().map(LogEntry::sequence).toList();
        assertEquals(LongStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
    }
}

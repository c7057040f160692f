package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import dev.pawl.testkit.SettableClock;
import dev.pawl.testkit.fake.RecordedMetrics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurements of a store, which are taken without a read of it. */
class SqliteMetricsTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private SqliteStore open() {
        return SqliteStore.open(folder.resolve("pawl.db"), clock);
    }

    private NewJob job() {
        JobRequest request =
                JobRequest.builder(List.of(new Task("hello", Map.of()))).build();
        return new NewJob(UUID.randomUUID(), request, clock.instant());
    }

    private static RecordedMetrics measured(SqliteStore store) {
        return RecordedMetrics.of(new SqliteMetrics(store));
    }

    @Test
    void jobsAreCountedAsTheRowsAre() {
        try (SqliteStore store = open()) {
            store.add(List.of(job(), job())).toCompletableFuture().join();
            NewJob third = job();
            store.add(List.of(third)).toCompletableFuture().join();
            assertEquals(3, measured(store).value("pawl_jobs{status=pending}"));
            store.remove(third.id()).toCompletableFuture().join();
            assertEquals(2, measured(store).value("pawl_jobs{status=pending}"));
            assertEquals(store.counts().get(JobStatus.PENDING), 2L);
        }
        try (SqliteStore again = open()) {
            again.recover(3, clock.instant()).toCompletableFuture().join();
            assertEquals(2, measured(again).value("pawl_jobs{status=pending}"));
        }
    }

    @Test
    void aWriteThatIsUndoneCountsForNothing() {
        try (SqliteStore store = open()) {
            NewJob twice = job();
            store.add(List.of(twice)).toCompletableFuture().join();
            assertThrows(
                    CompletionException.class,
                    () -> store.add(List.of(job(), twice)).toCompletableFuture().join());
            store.add(List.of(job())).toCompletableFuture().join();
            assertEquals(2, measured(store).value("pawl_jobs{status=pending}"));
        }
    }

    @Test
    void commitsAreMeasuredWithTheirSizes() {
        try (SqliteStore store = open()) {
            store.add(List.of(job())).toCompletableFuture().join();
            RecordedMetrics measured = measured(store);
            assertTrue(measured.value("pawl_store_commit_duration_seconds") >= 1);
            assertEquals(
                    measured.value("pawl_store_commit_duration_seconds"), measured.value("pawl_store_commit_writes"));
            assertEquals(1, measured.value("pawl_store_up"));
            assertTrue(measured.value("pawl_store_file_bytes") + measured.value("pawl_store_wal_bytes") > 0);
            assertTrue(measured.value("pawl_disk_free_bytes") > 0);
        }
    }

    @Test
    void whileTheStoreIsLockedItsLastNumbersAreReported() throws Exception {
        Path file = folder.resolve("pawl.db");
        try (SqliteStore store = SqliteStore.open(file, clock, Duration.ofMillis(1))) {
            store.add(List.of(job())).toCompletableFuture().join();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                var refused = store.add(List.of(job())).toCompletableFuture();
                assertThrows(CompletionException.class, refused::join);
                RecordedMetrics measured = measured(store);
                assertEquals(0, measured.value("pawl_store_up"));
                assertEquals(1, measured.value("pawl_jobs{status=pending}"));
                statement.execute("ROLLBACK");
            }
        }
    }
}

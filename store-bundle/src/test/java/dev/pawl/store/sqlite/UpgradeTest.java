package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.job.Task;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.SchemaBackups;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migration of a store that an earlier release left behind, with all its contents. */
class UpgradeTest {

    private static final UUID RAN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ENDED = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final Instant STARTED = Instant.EPOCH.plusSeconds(10);

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void jobsOfTheFirstReleaseGoOnAndShowTheirRuns() throws Exception {
        Path file = folder.resolve("pawl.db");
        firstRelease(file);
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            assertEquals(
                    List.of(new Run(1, 0, null, "here", STARTED, null, RunOutcome.RUNNING, null)), store.runs(RAN));
            assertEquals(
                    List.of(new Run(1, 0, null, "here", STARTED, STARTED.plusSeconds(5), RunOutcome.COMPLETED, null)),
                    store.runs(ENDED));
            store.recover(3, clock.instant()).toCompletableFuture().join();
            assertEquals(
                    List.of(new Run(1, 0, null, "here", STARTED, STARTED, RunOutcome.CRASHED, null)), store.runs(RAN));
        }
        assertEquals(1, new SchemaBackups(file).all().size());
    }

    private void firstRelease(Path file) throws SQLException, IOException {
        try (Session session = new Database(file).writer();
                InputStream script = Migrations.class.getResourceAsStream("001-jobs.sql")) {
            String first = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            new Migrations(file, clock, List.of(first), null).run(session);
            job(session, RAN, "running", null);
            job(session, ENDED, "completed", 15_000_000L);
        }
    }

    private static void job(Session session, UUID id, String status, @Nullable Long completedAt) throws SQLException {
        long seq = session.number("""
                INSERT INTO jobs (id, status, module_key, rank, priority, epoch, created_at, started_at, completed_at, worker, \
                search_title) VALUES (?, ?, 'a', 11000, 0, 1, 9000000, 10000000, ?, 'here', 'a') RETURNING seq\
                """, JobIds.bytes(id), status, completedAt);
        session.update(
                "INSERT INTO requests (job, body) VALUES (?, ?)",
                seq,
                RequestJson.write(
                        JobRequest.builder(List.of(new Task("a", Map.of()))).build()));
    }
}

package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.SharedArtifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The artifacts of two stores on one database. */
@ExtendWith(TestDatabase.class)
class SharedArtifactsTest {

    private static final int LARGE = (9 << 20) + 7; // several transactions, and no whole number of parts

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    @TempDir
    private Path folder;

    private PostgresArtifacts ofFirst;
    private SharedArtifacts first;
    private SharedArtifacts second;

    @BeforeEach
    void open() {
        ofFirst = new PostgresArtifacts(stores.first);
        first = ofFirst.shared().orElseThrow();
        second = new PostgresArtifacts(stores.second).shared().orElseThrow();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Job running() {
        JobRequest request =
                JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        await(stores.first.add(List.of(new NewJob(UUID.randomUUID(), request, Instant.EPOCH))));
        return await(stores.first.claim(new ClaimRequest("w", 1, 10_000, null, Map.of(), Instant.EPOCH, null)))
                .get(0);
    }

    private static RunId run(Job job) {
        return new RunId(job.id(), job.state().epoch());
    }

    private void end(Job job, String... files) {
        List<JobArtifact> artifacts = List.of(files).stream()
                .map(file -> new JobArtifact("of " + file, file, 1, "text/plain", "0".repeat(64), 0, Instant.EPOCH))
                .toList();
        await(stores.first.write(RunWrite.of(run(job), 0)
                .withMove(new RunMove.Completed(Instant.EPOCH))
                .withArtifacts(artifacts)));
    }

    private boolean isThere(UUID job, String name) throws IOException {
        Path file = folder.resolve("fetched");
        try {
            return second.fetch(job, name, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void whatOneServerKeepsAnotherFetches() throws IOException {
        byte[] large = new byte[LARGE];
        new Random(7).nextBytes(large);
        RunId run = new RunId(UUID.randomUUID(), 1);
        assertTrue(first.keep(run, Map.of("1-0-0", file("a", large), "1-0-1", file("b", new byte[0])), () -> false));
        assertTrue(second.fetch(run.job(), "1-0-0", folder.resolve("c")));
        assertTrue(second.fetch(run.job(), "1-0-1", folder.resolve("d")));
        assertArrayEquals(large, Files.readAllBytes(folder.resolve("c")));
        assertEquals(0, Files.size(folder.resolve("d")));
        assertFalse(second.fetch(run.job(), "1-0-2", folder.resolve("e")));
        assertFalse(Files.exists(folder.resolve("e")));
    }

    @Test
    void whatIsKeptAgainReplacesWhatWasGivenUpHalfWay() throws IOException {
        RunId run = new RunId(UUID.randomUUID(), 1);
        Path large = file("a", new byte[LARGE]);
        AtomicInteger asked = new AtomicInteger();
        assertFalse(first.keep(run, Map.of("1-0-0", large), () -> asked.incrementAndGet() > 18));
        Path small = file("b", new byte[] {1});
        assertTrue(first.keep(run, Map.of("1-0-0", small), () -> false));
        assertTrue(second.fetch(run.job(), "1-0-0", folder.resolve("c")));
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(folder.resolve("c")));
    }

    @Test
    void aRunTidiesUpAfterItselfAndEarlierOnesAndLeavesWhatLaterOnesKeep() throws IOException {
        Job job = running();
        Path contents = file("a", new byte[] {1});
        first.keep(run(job), Map.of("1-0-0", contents, "1-0-1", contents), () -> false);
        second.keep(new RunId(job.id(), 2), Map.of("2-0-0", contents), () -> false);
        end(job, "1-0-1");
        first.tidy(run(job));
        assertFalse(isThere(job.id(), "1-0-0"), "nothing records it any more");
        assertTrue(isThere(job.id(), "1-0-1"), "it is recorded");
        assertTrue(isThere(job.id(), "2-0-0"), "its run may be about to record it");
    }

    @Test
    void contentsThatNobodyRecordedGoAfterATime() throws Exception {
        Job job = running();
        Path contents = file("a", new byte[] {1});
        first.keep(run(job), Map.of("1-0-0", contents, "1-0-1", contents), () -> false);
        end(job, "1-0-1");
        second.forgetUnrecorded(Duration.ofHours(1));
        assertTrue(isThere(job.id(), "1-0-0"));
        sql("UPDATE artifact_contents SET kept_at = kept_at - 7200000000");
        second.forgetUnrecorded(Duration.ofHours(1));
        assertFalse(isThere(job.id(), "1-0-0"));
        assertTrue(isThere(job.id(), "1-0-1"));
        await(stores.first.remove(job.id()));
        second.forgetUnrecorded(Duration.ofHours(1));
        assertFalse(isThere(job.id(), "1-0-1"), "they go after their job");
    }

    @Test
    void ofTwoServersThatMakeRoomNoneRemovesMoreThanIsNeeded() {
        for (int n = 0; n < 20; n++) {
            end(running(), "1-0-0");
        }
        PostgresArtifacts ofSecond = new PostgresArtifacts(stores.second);
        CompletableFuture<List<UUID>> one = ofFirst.removeOldest(10).toCompletableFuture();
        CompletableFuture<List<UUID>> other = ofSecond.removeOldest(10).toCompletableFuture();
        one.orTimeout(60, TimeUnit.SECONDS).join();
        other.orTimeout(60, TimeUnit.SECONDS).join();
        assertEquals(10, ofFirst.bytes());
        assertEquals(10, one.join().size() + other.join().size());
        assertEquals(10, ofFirst.removed(100).size());
    }

    @Test
    void aServerRemovesNothingNewerForWhatAnotherOneRemovesMeanwhile() throws Exception {
        for (int n = 0; n < 20; n++) {
            end(running(), "1-0-0");
        }
        try (Connection other = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.execute("LOCK TABLE ended IN ACCESS EXCLUSIVE MODE"); // what tells the oldest cannot be read meanwhile
            CompletableFuture<List<UUID>> removal = ofFirst.removeOldest(10).toCompletableFuture();
            eventually("the removal waits", () -> {
                try (ResultSet rows = sql.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
                    return rows.next() && rows.getInt(1) > 0;
                }
            });
            sql.execute(
                    "DELETE FROM artifact_sets WHERE job IN (SELECT job FROM ended ORDER BY completed_at, job LIMIT 10)");
            other.commit();
            assertEquals(List.of(), removal.get(60, TimeUnit.SECONDS));
        }
        assertEquals(10, ofFirst.bytes());
    }
}

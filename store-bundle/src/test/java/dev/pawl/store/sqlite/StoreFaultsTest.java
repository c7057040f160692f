package dev.pawl.store.sqlite;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.sqlite.FaultyConnections.Fault;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.WriteLimits;
import dev.pawl.store.sqlite.job.LogCap;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFaultsTest {

    private static final String LARGE = "{\"text\":\"" + "x".repeat(100_000) + "\"}";

    @TempDir
    private Path folder;

    private FaultyConnections connections;
    private SqliteStore store;
    private SqliteDocuments documents;

    @BeforeEach
    void open() {
        Path file = folder.resolve("pawl.db");
        connections = new FaultyConnections(file);
        SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
        store = new SqliteStore(
                connections,
                folder,
                Migrations.ofThisRelease(file, clock, null),
                LogCap.DEFAULT,
                WriteLimits.DEFAULT,
                clock);
        documents = new SqliteDocuments(store, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aWaitingJobThatCannotBeReadHoldsNobodyUp() throws SQLException {
        UUID damaged = add();
        try (Session writer = new Database(folder.resolve("pawl.db")).writer()) {
            writer.update("UPDATE jobs SET request = '{'");
        }
        List<Job> taken = new CopyOnWriteArrayList<>();
        store.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("here", 2, 2, null, Map.of(), Instant.EPOCH, null);
            }

            @Override
            public void take(List<Job> claimed) {
                taken.addAll(claimed);
            }
        });
        UUID first = add();
        UUID second = add();
        documents.put("a", "goes on", "{}").toCompletableFuture().join();
        assertEquals(List.of(first, second), taken.stream().map(Job::id).toList());
        assertEquals(List.of(damaged), store.findByPrefix(damaged.toString(), 2));
        assertEquals(1, store.counts().get(JobStatus.PENDING));
    }

    private UUID add() {
        JobRequest request =
                JobRequest.builder(List.of(new Task("a", Map.of()))).build();
        NewJob job = new NewJob(UUID.randomUUID(), request, Instant.EPOCH);
        return store.add(List.of(job)).toCompletableFuture().join().get(0).id();
    }

    @ParameterizedTest
    @CsvSource({"DISK_FULL, the disk is full", "READ_ONLY, is read-only"})
    void aFaultRefusesWritesAndTheStoreGoesOnOnceItIsMended(Fault fault, String sentence) throws SQLException {
        documents.put("a", "before", "{}").toCompletableFuture().join();
        connections.have(fault);
        for (int n = 0; n < 3; n++) {
            ProblemException problem = refused(documents.put("a", "during", LARGE));
            assertEquals(ProblemCode.STORE_UNAVAILABLE, problem.code());
            assertTrue(problem.getMessage().contains(sentence), problem.getMessage());
            assertTrue(problem.getMessage().contains("pawl.db"), problem.getMessage());
        }
        assertEquals(List.of("before"), documents.names("a"));
        connections.have(Fault.NONE);
        documents.put("a", "after", LARGE).toCompletableFuture().join();
        assertEquals(List.of("after", "before"), documents.names("a"));
    }

    @ParameterizedTest
    @CsvSource({"DISK_FULL, the disk is full", "READ_ONLY, is read-only"})
    void theTroubleIsSaidForAsLongAsItLasts(Fault fault, String sentence) throws SQLException {
        assertEquals(Optional.empty(), new SqliteUpkeep(store).trouble());
        connections.have(fault);
        refused(documents.put("a", "during", LARGE));
        if (fault == Fault.READ_ONLY) { // a full disk accepts a write that needs no additional page
            assertTrue(new SqliteUpkeep(store).trouble().orElseThrow().contains(sentence));
            assertTrue(new SqliteUpkeep(store).trouble().orElseThrow().contains(sentence));
        }
        connections.have(Fault.NONE);
        eventually(
                "the trouble is over by itself",
                () -> new SqliteUpkeep(store).trouble().isEmpty());
    }

    @Test
    void whetherTheTroubleIsOverIsFoundOutOnTheDisk() throws Exception {
        assertEquals(List.of(), documents.names("a"));
        connections.have(Fault.READ_ONLY);
        refused(documents.put("a", "during", LARGE));
        connections.have(Fault.NONE);
        Path log = folder.resolve("pawl.db-wal");
        byte[] before = Files.readAllBytes(log);
        assertEquals(Optional.empty(), new SqliteUpkeep(store).trouble());
        assertFalse(Arrays.equals(before, Files.readAllBytes(log)), "a page was written");
        assertEquals(List.of(), documents.names("pawl:store"), "nothing of the test write is left");
    }

    @Test
    void aFaultUndoesAllWritesOfItsGroup() throws SQLException {
        connections.have(Fault.DISK_FULL);
        List<CompletionStage<Void>> group =
                List.of(documents.put("a", "1", "{}"), documents.put("a", "2", LARGE), documents.put("a", "3", "{}"));
        long refused = group.stream()
                .filter(write -> write.handle((done, failure) -> failure != null)
                        .toCompletableFuture()
                        .join())
                .count();
        assertTrue(refused > 0, "there is no room for the large document");
        assertEquals(group.size() - refused, documents.names("a").size());
    }

    @Test
    void whileItCannotBeWrittenItCanBeRead() throws SQLException {
        documents.put("a", "x", "{\"n\":1}").toCompletableFuture().join();
        connections.have(Fault.READ_ONLY);
        refused(documents.put("a", "x", "{\"n\":2}"));
        assertEquals(Optional.of("{\"n\":1}"), documents.get("a", "x"));
        assertEquals(0L, store.counts().get(JobStatus.PENDING));
    }

    @Test
    void aLockOfAnotherProgramIsWaitedFor() throws SQLException, InterruptedException {
        CompletionStage<Void> write;
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + connections.file());
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            write = documents.put("a", "x", "{}");
            eventually("the writer waits inside SQLite", StoreFaultsTest::writerIsInSqlite);
            assertEquals(List.of(), documents.names("a"));
            statement.execute("COMMIT");
        }
        write.toCompletableFuture().join();
        assertEquals(List.of("x"), documents.names("a"));
    }

    private static boolean writerIsInSqlite() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(running -> running.getKey().getName().equals("pawl-store-writer"))
                .flatMap(running -> Arrays.stream(running.getValue()))
                .anyMatch(frame -> frame.getClassName().startsWith("org.sqlite."));
    }

    private static ProblemException refused(CompletionStage<?> write) {
        var failure = assertThrows(
                CompletionException.class, () -> write.toCompletableFuture().join());
        return assertInstanceOf(ProblemException.class, failure.getCause());
    }
}

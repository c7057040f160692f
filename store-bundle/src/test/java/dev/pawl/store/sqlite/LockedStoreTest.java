package dev.pawl.store.sqlite;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes while another program holds the database's lock for longer than they wait. */
class LockedStoreTest {

    private static final Duration LONGEST = Duration.ofMillis(1_500);

    @TempDir
    private Path folder;

    private SqliteStore store;
    private SqliteDocuments documents;
    private Connection other;

    @BeforeEach
    void lock() throws SQLException {
        Path file = folder.resolve("pawl.db");
        store = SqliteStore.open(file, SettableClock.at("2026-03-01T12:00:00Z"), LONGEST);
        documents = new SqliteDocuments(store, InstantSource.system());
        other = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute("BEGIN IMMEDIATE");
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        store.close();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private CompletableFuture<Void> put(String name) {
        return documents.put("a", name, "{}").toCompletableFuture();
    }

    @Test
    void eachWriteIsRefusedByItsOwnTimeAlsoOneThatCameWhileAnotherWaited() {
        long begun = System.nanoTime();
        CompletableFuture<Void> first = put("first");
        eventually("half the longest wait passes", () -> System.nanoTime() - begun > LONGEST.toNanos() / 2);
        long later = System.nanoTime();
        CompletableFuture<Void> second = put("second");

        ProblemException problem = refused(first);
        assertTrue(problem.getMessage().contains("another program keeps it locked"), problem.getMessage());
        assertFalse(second.isDone(), "the second write has waited only half as long");
        refused(second);
        Duration waited = Duration.ofNanos(System.nanoTime() - later);
        assertTrue(
                waited.compareTo(LONGEST.multipliedBy(2)) < 0,
                waited::toString); // the second write used to wait twice as long
    }

    @Test
    void whatWasRefusedIsNeverMadeAndWhatCameLaterIs() throws SQLException {
        refused(put("refused"));
        CompletableFuture<Void> taken = put("taken");
        execute("ROLLBACK");
        taken.join();
        assertEquals(List.of("taken"), documents.names("a"));
        assertTrue(new SqliteUpkeep(store).trouble().isEmpty());
    }

    @Test
    void aStoreThatClosesDoesNotWaitForTheLock() {
        CompletableFuture<Void> write = put("a");
        long begun = System.nanoTime();
        store.close();
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(10).toNanos());
        refused(write);
    }

    private static ProblemException refused(CompletableFuture<?> write) {
        var failure = assertThrows(CompletionException.class, write::join);
        ProblemException problem = assertInstanceOf(ProblemException.class, failure.getCause());
        assertEquals(ProblemCode.STORE_UNAVAILABLE, problem.code());
        return problem;
    }
}

package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreClosingTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasTakenIsOnDiskWhenItIsClosed() {
        SqliteStore store = open();
        SqliteDocuments documents = new SqliteDocuments(store, InstantSource.system());
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            writes.add(documents.put("a", "n" + n, "{}").toCompletableFuture());
        }
        store.close();
        assertTrue(writes.stream().allMatch(write -> write.isDone() && !write.isCompletedExceptionally()));
        SqliteStore again = open();
        assertEquals(
                500,
                new SqliteDocuments(again, InstantSource.system()).names("a").size());
        again.close();
    }

    @Test
    void aClosedStoreRefusesWritesAndReads() {
        SqliteStore store = open();
        store.close();
        CompletionStage<Void> write = new SqliteDocuments(store, InstantSource.system()).put("a", "x", "{}");
        var failure = assertThrows(
                CompletionException.class, () -> write.toCompletableFuture().join());
        assertEquals(
                ProblemCode.SHUTTING_DOWN,
                assertInstanceOf(ProblemException.class, failure.getCause()).code());
        assertEquals(
                ProblemCode.SHUTTING_DOWN,
                assertThrows(ProblemException.class, store::running).code());
    }

    @Test
    void aSecondCloseIsHarmless() {
        SqliteStore store = open();
        store.close();
        store.close();
    }

    @Test
    void aClosedStoreIsOneFile() {
        SqliteStore store = open();
        SqliteDocuments documents = new SqliteDocuments(store, InstantSource.system());
        documents.put("a", "x", "{}").toCompletableFuture().join();
        documents.names("a");
        store.close();
        assertFalse(Files.exists(folder.resolve("pawl.db-wal")));
        assertFalse(Files.exists(folder.resolve("pawl.db-shm")));
    }

    private SqliteStore open() {
        return new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
    }
}

package dev.pawl.store.sqlite.engine;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.sqlite.FaultyConnections;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    @TempDir
    private Path folder;

    private Database database;
    private GroupCommit commits;
    private Readers readers;

    @BeforeEach
    void open() throws SQLException {
        database = new Database(folder.resolve("pawl.db"));
        Session session = database.writer();
        session.script("PRAGMA journal_mode = WAL; CREATE TABLE songs (title TEXT UNIQUE)");
        commits = new GroupCommit(database, session, WriteLimits.DEFAULT, Transactions.UNFOLLOWED);
        readers = new Readers(database, WriteLimits.DEFAULT.waiting());
    }

    @AfterEach
    void close() {
        commits.drain();
        readers.close();
        commits.close();
    }

    @Test
    void aWriteThatSqliteRefusesIsUndoneAlone() {
        CompletableFuture<Integer> before = sing("one");
        CompletableFuture<Integer> refused = sing("two", "three", "two");
        CompletableFuture<Integer> after = sing("four");
        before.join();
        after.join();
        assertEquals(List.of("four", "one"), songs());
        ProblemException problem = assertInstanceOf(
                ProblemException.class,
                assertThrows(CompletionException.class, refused::join).getCause());
        assertEquals(ProblemCode.INTERNAL, problem.code());
    }

    @Test
    void aReadThatSqliteRefusesIsADefectAndNoWantOfAStore() {
        ProblemException problem = assertThrows(
                ProblemException.class, () -> readers.read(session -> session.number("SELECT * FROM nothing")));
        assertEquals(ProblemCode.INTERNAL, problem.code());
        assertEquals(0, readers.<Long>read(session -> session.number("SELECT count(*) FROM songs")));
    }

    @Test
    void aFullDiskRefusesEveryWriteOfTheGroupAndNoneOfThemIsThere() throws SQLException {
        FaultyConnections connections = new FaultyConnections(database.file());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch together = new CountDownLatch(1);
        try (GroupCommit faulty =
                new GroupCommit(connections, connections.writer(), WriteLimits.DEFAULT, Transactions.UNFOLLOWED)) {
            connections.have(FaultyConnections.Fault.DISK_FULL);
            CompletableFuture<Integer> first = faulty.submit(1, session -> {
                        begun.countDown();
                        await(together); // writes that arrive meanwhile form the next group
                        return 0;
                    })
                    .toCompletableFuture();
            await(begun);
            List<CompletableFuture<Integer>> group = Stream.of("small", "x".repeat(100_000), "small too")
                    .map(title -> faulty.submit(1, session -> session.update("INSERT INTO songs VALUES (?)", title))
                            .toCompletableFuture())
                    .toList();
            together.countDown();
            first.join();
            group.forEach(write -> assertThrows(CompletionException.class, write::join));
            assertEquals(List.of(), songs());
        }
    }

    @Test
    void whatChangesNothingIsNoSignThatTheDiskTakesWritesAgain() throws SQLException {
        FaultyConnections connections = new FaultyConnections(database.file());
        try (GroupCommit faulty =
                new GroupCommit(connections, connections.writer(), WriteLimits.DEFAULT, Transactions.UNFOLLOWED)) {
            connections.have(FaultyConnections.Fault.DISK_FULL);
            String large = "x".repeat(100_000);
            CompletableFuture<Integer> refused = faulty.submit(
                            1, session -> session.update("INSERT INTO songs VALUES (?)", large))
                    .toCompletableFuture();
            assertThrows(CompletionException.class, refused::join);
            assertTrue(faulty.trouble().isPresent());
            String nobody = "UPDATE songs SET title = 'x' WHERE title = 'unheard of'";
            assertEquals(
                    0,
                    faulty.submit(1, session -> session.update(nobody))
                            .toCompletableFuture()
                            .join());
            assertTrue(faulty.trouble().isPresent());
            connections.have(FaultyConnections.Fault.NONE);
            String one = "INSERT INTO songs VALUES ('one')";
            assertEquals(
                    1,
                    faulty.submit(1, session -> session.update(one))
                            .toCompletableFuture()
                            .join());
            assertTrue(faulty.trouble().isEmpty());
        }
    }

    @Test
    void aWriteThatThrowsIsUndoneAlone() {
        CompletableFuture<Integer> refused = commits.<Integer>submit(1, session -> {
                    session.update("INSERT INTO songs VALUES ('one')");
                    throw new IllegalStateException("no more");
                })
                .toCompletableFuture();
        sing("two").join();
        assertEquals(List.of("two"), songs());
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(CompletionException.class, refused::join).getCause());
    }

    @Test
    void anErrorDoesNotEndTheWriter() {
        CompletableFuture<Integer> refused = commits.<Integer>submit(1, session -> {
                    session.update("INSERT INTO songs VALUES ('one')");
                    throw new StackOverflowError();
                })
                .toCompletableFuture();
        assertThrows(CompletionException.class, refused::join);
        sing("two").join();
        assertEquals(List.of("two"), songs());
    }

    @Test
    void aCallerThatHoldsTheCompletingThreadDoesNotHoldUpCommits() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch listening =
                new CountDownLatch(1); // a listener added after the end would be called on the thread that adds it
        CompletableFuture<Void> caller = commits.submit(1, session -> {
                    await(listening);
                    return session.update("INSERT INTO songs VALUES ('one')");
                })
                .toCompletableFuture()
                .thenAccept(rows -> await(held));
        listening.countDown();
        CompletableFuture<Integer> second = sing("two");
        eventually("the second write is committed", () -> songs().contains("two"));
        held.countDown();
        caller.join();
        second.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsWrittenIsFlushedToTheDisk() throws SQLException {
        try (Session session = database.writer()) {
            assertEquals(2, session.number("PRAGMA synchronous")); // FULL
            assertEquals(
                    "wal",
                    session.first("PRAGMA journal_mode", row -> row.getString(1))
                            .orElseThrow());
        }
    }

    @Test
    void aReaderCannotWrite() {
        ProblemException problem = assertThrows(
                ProblemException.class,
                () -> readers.read(session -> session.update("INSERT INTO songs VALUES ('one')")));
        assertTrue(problem.getMessage().contains("read-only"), problem.getMessage());
        assertEquals(List.of(), songs());
    }

    private CompletableFuture<Integer> sing(String... titles) {
        return commits.submit(1, session -> {
                    int rows = 0;
                    for (String title : titles) {
                        rows += session.update("INSERT INTO songs VALUES (?)", title);
                    }
                    return rows;
                })
                .toCompletableFuture();
    }

    private List<String> songs() {
        return readers.read(session -> session.list("SELECT title FROM songs ORDER BY title", row -> row.getString(1)));
    }
}

package dev.pawl.store.sqlite.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that leave something to be made at the end of their transaction, as changes leave their entries of the audit. */
class FollowedWritesTest {

    @TempDir
    private Path folder;

    @Test
    void aWriteThatIsRefusedAfterItLeftSomethingForTheEndLeavesNothing() throws SQLException {
        Database database = new Database(folder.resolve("pawl.db"));
        Session session = database.writer();
        session.script("PRAGMA journal_mode = WAL; CREATE TABLE songs (title TEXT UNIQUE)");
        Encores encores = new Encores();
        CountDownLatch together = new CountDownLatch(1);
        try (GroupCommit commits = new GroupCommit(database, session, WriteLimits.DEFAULT, encores);
                Readers readers = new Readers(database, WriteLimits.DEFAULT.waiting())) {
            CompletableFuture<Integer> holding = submit(commits, held -> await(together));
            CompletableFuture<Integer> before = submit(commits, held -> encores.add("one"));
            CompletableFuture<Integer> refused = submit(commits, held -> {
                encores.add("two");
                throw new IllegalStateException("The singer left.");
            });
            CompletableFuture<Integer> after = submit(commits, held -> encores.add("three"));
            together.countDown();
            CompletableFuture.allOf(holding, before, after).join();

            assertThrows(CompletionException.class, refused::join);
            assertEquals(
                    List.of("one", "three"),
                    readers.<List<String>>read(reading ->
                            reading.list("SELECT title FROM songs ORDER BY title", row -> row.getString(1))));
        }
    }

    private static CompletableFuture<Integer> submit(GroupCommit commits, Session.Reading<Integer> work) {
        return commits.submit(1, work).toCompletableFuture();
    }

    private static int await(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Songs that are inserted at the end of a transaction. */
    private static final class Encores implements Transactions {
        private final List<String> left = new ArrayList<>();

        int add(String title) {
            left.add(title);
            return left.size();
        }

        @Override
        public void begun(Session session) {}

        @Override
        public long left() {
            return left.size();
        }

        @Override
        public void ending(Session session) throws SQLException {
            for (String title : left) {
                session.update("INSERT INTO songs VALUES (?)", title);
            }
        }

        @Override
        public Runnable committed() {
            left.clear();
            return () -> {};
        }

        @Override
        public void undone() {
            left.clear();
        }
    }
}

package dev.pawl.store.sqlite;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. All writes that wait share the next transaction, so that one flush to the disk serves them all; a
 * refused one is undone alone. Futures complete after the commit, on a thread of their own, in order.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private static final long CLOSE_PATIENCE_S = 60;
    private static final String CHANGES = "SELECT total_changes()";

    private final Connections connections;
    private final WriteQueue queue = new WriteQueue();
    private final ExecutorService completer =
            Executors.newSingleThreadExecutor(task -> daemon(task, "pawl-store-completer"));
    private final Thread writer = daemon(this::run, "pawl-store-writer");

    // Of the writer's thread alone, until that has ended.
    private @Nullable Session session;

    private volatile @Nullable ProblemException trouble;

    /** @param first an open connection, for the first group */
    GroupCommit(Connections connections, Session first) {
        this.connections = connections;
        this.session = first;
        writer.start();
    }

    /** Does the work in a transaction; waits for room when too much is waiting already. */
    <T> CompletionStage<T> submit(long size, Session.Reading<T> work) {
        Pending<T> write = new Pending<>(size, work);
        if (!queue.put(write)) {
            write.future().completeExceptionally(closed());
        }
        return write.future();
    }

    /** Why the last group could not be written. */
    Optional<ProblemException> trouble() {
        return Optional.ofNullable(trouble);
    }

    static ProblemException closed() {
        return new ProblemException(ProblemCode.SHUTTING_DOWN, "The store is closed; the server is shutting down.");
    }

    private void run() {
        List<Pending<?>> group = new ArrayList<>();
        while (queue.take(group::add)) {
            commit(group);
            List<Pending<?>> done = group;
            completer.execute(() -> done.forEach(Pending::complete));
            group = new ArrayList<>();
        }
    }

    private void commit(List<Pending<?>> group) {
        boolean committing = false;
        try {
            Session open = open();
            long changesBefore = trouble == null ? 0 : open.number(CHANGES);
            open.update("BEGIN IMMEDIATE");
            for (Pending<?> write : group) {
                write.attempt(open, connections.file());
            }
            committing = true;
            open.update("COMMIT");
            if (trouble != null && open.number(CHANGES) > changesBefore) { // one without a change needs no disk
                trouble = null;
                LOG.info("The store {} can be written again.", connections.file());
            }
        } catch (SQLException e) {
            fail(group, Faults.problem(connections.file(), e));
            if (committing) {
                disown();
            }
        } catch (RuntimeException | Error e) {
            // The writer outlives everything, or each later write would wait for ever.
            fail(group, new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store failed: " + e + ".", e));
        }
    }

    private Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = connections.writer();
            session = open;
        }
        return open;
    }

    private void fail(List<Pending<?>> group, ProblemException problem) {
        abandon(); // a connection that failed may be in any state; the next group has a new one
        group.forEach(write -> write.fail(problem));
        boolean isNew = trouble == null;
        trouble = problem;
        if (isNew) {
            LOG.error("{}", problem.getMessage(), problem);
        }
    }

    /**
     * A commit that failed for want of room may have left all it had to write in the write-ahead log, where the next process would find
     * it whole: a group that is refused would be there after a crash. A transaction that changes nothing takes its place before
     * anybody is told; as far as it gets, it lies over the beginning of the other, which makes that void.
     */
    private void disown() {
        try {
            Session open = open();
            long version = open.number("PRAGMA user_version");
            open.script("BEGIN IMMEDIATE");
            open.script("PRAGMA user_version = " + version);
            open.script("COMMIT");
        } catch (SQLException e) {
            LOG.debug("The store {} takes nothing at all", connections.file(), e);
            abandon();
        }
    }

    private void abandon() {
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.warn("A connection to the store {} did not close: {}", connections.file(), e.getMessage());
            }
        }
    }

    /** Takes no more writes, and returns when those that were taken are on disk and their callers told. */
    void drain() {
        queue.close();
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                completer.shutdown();
                if (!completer.awaitTermination(CLOSE_PATIENCE_S, TimeUnit.SECONDS)) {
                    LOG.warn("Callers of the store still hold its thread; it is left to them.");
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drains, and closes the connection. */
    @Override
    public void close() {
        drain();
        abandon();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.CommitMeasures;
import dev.pawl.store.kit.Completions;
import dev.pawl.store.kit.WriteQueue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit on the only thread that writes. All waiting writes share the next transaction, and thus one flush to the disk. When one is
 * refused that has changed something already, the transaction is rolled back and begins again without it. Futures complete after the commit,
 * on a separate thread, in order. A write that has waited too long for another program's lock is refused for good; each write of a group has
 * its own time limit.
 */
public final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** The longest wait of {@link #close} without progress, as with a commit that the disk does not confirm. */
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private static final String CHANGES = "SELECT total_changes()";

    private final Connections connections;
    private final WriteLimits limits;
    private final Transactions transactions;
    private final WriteQueue<PendingWrite<?>> queue;
    private final Completions completions = new Completions();
    private final CommitMeasures measures = new CommitMeasures();
    private final Thread writer = new Thread(this::run, "pawl-store-writer");

    private final WriterConnection connection; // used only by the writer's thread until that has ended

    private volatile @Nullable ProblemException trouble;
    private volatile boolean closing;
    private volatile long closingSince;
    private final AtomicLong groups = new AtomicLong();

    /** The problem to report when there is no memory to create another. */
    private final ProblemException outOfMemory =
            new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store failed, perhaps for lack of memory.");

    /** @param first an open connection, for the first group */
    public GroupCommit(Connections connections, Session first, WriteLimits limits, Transactions transactions)
            throws SQLException {
        this.connections = connections;
        this.limits = limits;
        this.transactions = transactions;
        this.queue = new WriteQueue<>(limits.waiting());
        this.connection = new WriterConnection(connections, first);
        writer.setDaemon(true);
        writer.start();
    }

    /** Opens the file, migrates it, and starts the writer. */
    public static GroupCommit open(
            Connections connections, Migrations migrations, WriteLimits limits, Transactions transactions) {
        Session session = migrations.open(connections);
        try {
            return new GroupCommit(connections, session, limits, transactions);
        } catch (SQLException e) {
            throw SqliteErrors.problem(connections.file(), e);
        }
    }

    /** Runs the work in a transaction; when the queue is full, waits for room for as long as a write may wait. */
    public <T> CompletionStage<T> submit(long size, Session.Reading<T> work) {
        PendingWrite<T> write = new PendingWrite<>(size, work);
        switch (queue.put(write, Thread.currentThread() != writer)) {
            case TAKEN -> {}
            case FULL -> write.future().completeExceptionally(behind());
            case CLOSED -> write.future().completeExceptionally(closed());
        }
        return write.future();
    }

    /** Completes when all futures of the transaction that is under way have completed; at once when there is none. */
    public CompletionStage<Void> settled() {
        return completions.settled();
    }

    /** The measurements of its commits. */
    public CommitMeasures measures() {
        return measures;
    }

    /** The reason why the last group could not be written. */
    public Optional<ProblemException> trouble() {
        return Optional.ofNullable(trouble);
    }

    static ProblemException closed() {
        return new ProblemException(ProblemCode.SHUTTING_DOWN, "The store is closed; the server is shutting down.");
    }

    private ProblemException behind() {
        ProblemException known = trouble;
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The store " + connections.file() + " cannot accept a write: its queue has been full for "
                        + limits.waiting().toSeconds() + " s"
                        + (known == null ? "." : ". The cause: " + known.getMessage()));
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = writeGroup();
            } catch (RuntimeException | Error e) { // every later write would wait forever
                logError(e);
            }
        }
    }

    private boolean writeGroup() {
        List<PendingWrite<?>> group = new ArrayList<>();
        Runnable first = () -> {};
        boolean goesOn = true;
        try {
            goesOn = queue.take(group::add);
            first = commit(group);
        } catch (RuntimeException | Error e) { // even an error while the problem is described
            for (PendingWrite<?> write : group) {
                write.fail(outOfMemory);
            }
            logError(e);
        }
        completions.tell(first, group, queue.isEmpty());
        groups.incrementAndGet();
        if (transactions.isUnfinished() && queue.isEmpty()) {
            var unused = queue.put(new PendingWrite<>(1, session -> true), false);
        }
        return goesOn;
    }

    private static void logError(Throwable e) {
        try {
            LOG.error("The store's writer continues after an error.", e);
        } catch (RuntimeException | Error again) { // there may be no memory for a log line either
            Thread.onSpinWait();
        }
    }

    /** Writes the group; returns what is to be told before its futures complete. */
    private Runnable commit(List<PendingWrite<?>> group) {
        long beganNs = System.nanoTime();
        boolean committing = false;
        boolean committed = false;
        Runnable first = () -> {};
        try {
            Session open = connection.open();
            long changesBefore = trouble == null ? 0 : open.number(CHANGES);
            if (make(open, group)) {
                committing = true;
                open.transact("COMMIT");
                committed = true;
                measures.committed(beganNs, group.size());
                first = transactions.committed();
                // a group without changes does not prove that the disk works
                if (trouble != null && open.number(CHANGES) > changesBefore) {
                    trouble = null;
                    LOG.info("The store {} can be written again.", connections.file());
                }
            }
        } catch (SQLException e) {
            fail(group, SqliteErrors.problem(connections.file(), e));
            if (committing) {
                connection.invalidateFailedCommit();
            }
        } catch (RuntimeException | Error e) {
            fail(group, new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store failed: " + e + ".", e));
        } finally {
            if (!committed) {
                transactions.undone();
            }
        }
        return first;
    }

    /** Makes the writes in a transaction that is not committed yet; false when none is left to be made. */
    private boolean make(Session open, List<PendingWrite<?>> group) throws SQLException {
        while (begin(open, group)) {
            completions.begun();
            transactions.begun(open);
            if (allWhole(open, group)) {
                transactions.ending(open);
                return true;
            }
            open.transact("ROLLBACK");
            transactions.undone();
        }
        return false;
    }

    /** Makes the writes, except those that were refused half-way before; false as soon as another one is. */
    private boolean allWhole(Session open, List<PendingWrite<?>> group) throws SQLException {
        for (PendingWrite<?> write : group) {
            if (!write.wasHalfWay() && !write.attempt(open, transactions, connections.file())) {
                return false;
            }
        }
        return true;
    }

    /** Begins the transaction once no other program has the lock; false when no write waits for it any more. */
    private boolean begin(Session open, List<PendingWrite<?>> group) throws SQLException {
        while (true) {
            try {
                open.transact("BEGIN IMMEDIATE");
                queue.stall(false);
                return true;
            } catch (SQLException e) {
                queue.stall(SqliteErrors.isLock(e));
                if (!SqliteErrors.isLock(e)) {
                    throw e;
                }
                refuseOverdue(group, e);
                if (group.isEmpty()) {
                    return false;
                }
            }
        }
    }

    private void refuseOverdue(List<PendingWrite<?>> group, SQLException lock) {
        long now = System.nanoTime();
        Predicate<PendingWrite<?>> overdue = write -> write.waitsFor(limits.waiting(), now)
                || (closing && now - closingSince >= limits.closing().toNanos());
        List<PendingWrite<?>> refused =
                new ArrayList<>(group.stream().filter(overdue).toList());
        group.removeAll(refused);
        refused.addAll(queue.remove(overdue));
        if (!refused.isEmpty()) {
            ProblemException problem = SqliteErrors.problem(connections.file(), lock);
            refused.forEach(write -> write.fail(problem));
            note(problem);
            completions.tell(refused);
        }
    }

    private void fail(List<PendingWrite<?>> group, ProblemException problem) {
        measures.failed();
        connection.abandon(); // a failed connection may be in any state; the next group gets a new one
        group.forEach(write -> write.fail(problem));
        note(problem);
    }

    private void note(ProblemException problem) {
        boolean isNew = trouble == null;
        trouble = problem;
        if (isNew) {
            LOG.error("{}", problem.getMessage(), problem);
        }
    }

    /**
     * Accepts no more writes, and returns when the accepted ones are on disk or refused and their futures are complete. A commit that the
     * disk does not confirm is not awaited.
     */
    public void drain() {
        if (!closing) {
            closingSince = System.nanoTime();
            closing = true;
        }
        queue.close();
        boolean interrupted = false;
        while (true) {
            try {
                awaitWriter();
                completions.close(CLOSE_TIMEOUT_MS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWriter() throws InterruptedException {
        long before;
        do {
            before = groups.get();
            writer.join(CLOSE_TIMEOUT_MS);
        } while (writer.isAlive() && groups.get() != before);
        if (writer.isAlive()) {
            LOG.error(
                    "The store {} has not confirmed its last writes within {} s; it is unknown whether they are on disk.",
                    connections.file(),
                    TimeUnit.MILLISECONDS.toSeconds(CLOSE_TIMEOUT_MS));
        }
    }

    /** Completes the queued writes and closes the connection. */
    @Override
    public void close() {
        drain();
        if (!writer.isAlive()) { // otherwise the writer is still using the connection
            connection.abandon();
        }
    }
}

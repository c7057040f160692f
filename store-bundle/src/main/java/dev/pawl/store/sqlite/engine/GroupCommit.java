package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. All writes that wait share the next transaction, so that one flush to the disk serves them all; a
 * refused one is undone alone. Futures complete after the commit, on a thread of their own, in order. A write that has waited too long
 * for another program's lock is refused for good, and each of a group by its own time.
 */
public final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** How long the end waits while nothing moves: a commit that a disk has taken and not confirmed. */
    private static final long CLOSE_PATIENCE_MS = 5_000;

    private static final String CHANGES = "SELECT total_changes()";

    private final Connections connections;
    private final WriteLimits limits;
    private final WriteQueue queue;
    private final ExecutorService completer =
            Executors.newSingleThreadExecutor(task -> daemon(task, "pawl-store-completer"));
    private final Thread writer = daemon(this::run, "pawl-store-writer");

    private final WriterConnection connection; // of the writer's thread alone, until that has ended

    private volatile @Nullable ProblemException trouble;
    private volatile boolean closing;
    private volatile long closingSince;
    private final AtomicLong groups = new AtomicLong();

    /** For when there is no memory to say more. */
    private final ProblemException lastResort =
            new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store failed, perhaps for want of memory.");

    /** @param first an open connection, for the first group */
    public GroupCommit(Connections connections, Session first, WriteLimits limits) throws SQLException {
        this.connections = connections;
        this.limits = limits;
        this.queue = new WriteQueue(limits.waiting());
        this.connection = new WriterConnection(connections, first);
        writer.start();
    }

    /** Opens the file, which is made when it is not there, in the form of this release, and begins to write. */
    public static GroupCommit open(Connections connections, Migrations migrations, WriteLimits limits) {
        Path file = connections.file().toAbsolutePath();
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Session session = connections.writer();
            try {
                migrations.run(session);
                return new GroupCommit(connections, session, limits);
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The folder of the store " + file + " cannot be made: " + IoReason.of(e) + ".",
                    e);
        } catch (SQLException e) {
            throw SqliteErrors.problem(file, e);
        }
    }

    /** Does the work in a transaction; waits for room, for as long as a write may wait, when too much is waiting already. */
    public <T> CompletionStage<T> submit(long size, Session.Reading<T> work) {
        PendingWrite<T> write = new PendingWrite<>(size, work);
        switch (queue.put(write)) {
            case TAKEN -> {}
            case FULL -> write.future().completeExceptionally(behind());
            case CLOSED -> write.future().completeExceptionally(closed());
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

    private ProblemException behind() {
        ProblemException known = trouble;
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The store " + connections.file() + " is too far behind to take a write: it had no room for "
                        + limits.waiting().toSeconds() + " s"
                        + (known == null ? "." : ", since: " + known.getMessage()));
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = writeGroup();
            } catch (RuntimeException | Error e) { // each later write would wait for ever
                survived(e);
            }
        }
    }

    private boolean writeGroup() {
        List<PendingWrite<?>> group = new ArrayList<>();
        boolean goesOn = true;
        try {
            goesOn = queue.take(group::add);
            commit(group);
        } catch (RuntimeException | Error e) { // also of saying what is wrong
            for (PendingWrite<?> write : group) {
                write.fail(lastResort);
            }
            survived(e);
        }
        tell(group);
        groups.incrementAndGet();
        return goesOn;
    }

    private static void survived(Throwable e) {
        try {
            LOG.error("The store's writer goes on after an error.", e);
        } catch (RuntimeException | Error again) { // there may be no memory for a line either
            Thread.onSpinWait();
        }
    }

    private void tell(List<PendingWrite<?>> done) {
        try {
            completer.execute(() -> done.forEach(GroupCommit::complete));
        } catch (RuntimeException | Error e) { // no thread to be had: those who wait are told on this one
            done.forEach(GroupCommit::complete);
        }
    }

    private static void complete(PendingWrite<?> write) {
        try {
            write.complete();
        } catch (RuntimeException | Error e) { // of what hangs on the future; the next ones are told all the same
            LOG.error("What follows a write failed; this is a defect.", e);
        }
    }

    private void commit(List<PendingWrite<?>> group) {
        boolean committing = false;
        try {
            Session open = connection.open();
            if (!begin(open, group)) {
                return;
            }
            long changesBefore = trouble == null ? 0 : open.number(CHANGES);
            for (PendingWrite<?> write : group) {
                write.attempt(open, connections.file());
            }
            committing = true;
            open.update("COMMIT");
            if (trouble != null && open.number(CHANGES) > changesBefore) { // one without a change needs no disk
                trouble = null;
                LOG.info("The store {} can be written again.", connections.file());
            }
        } catch (SQLException e) {
            fail(group, SqliteErrors.problem(connections.file(), e));
            if (committing) {
                connection.disown();
            }
        } catch (RuntimeException | Error e) {
            fail(group, new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store failed: " + e + ".", e));
        }
    }

    /** Begins the transaction once no other program has the lock; false when nobody waits for it any more. */
    private boolean begin(Session open, List<PendingWrite<?>> group) throws SQLException {
        while (true) {
            try {
                open.update("BEGIN IMMEDIATE");
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
            tell(refused);
        }
    }

    private void fail(List<PendingWrite<?>> group, ProblemException problem) {
        connection.abandon(); // a connection that failed may be in any state; the next group has a new one
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
     * Takes no more writes, and returns when those that were taken are on disk or refused and their callers told. What a disk has
     * taken and does not confirm is not waited for.
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
                completer.shutdown();
                if (!completer.awaitTermination(CLOSE_PATIENCE_MS, TimeUnit.MILLISECONDS)) {
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

    private void awaitWriter() throws InterruptedException {
        long before;
        do {
            before = groups.get();
            writer.join(CLOSE_PATIENCE_MS);
        } while (writer.isAlive() && groups.get() != before);
        if (writer.isAlive()) {
            LOG.error(
                    "The store {} has not confirmed its last writes within {} s; whether they are on disk is not known.",
                    connections.file(),
                    TimeUnit.MILLISECONDS.toSeconds(CLOSE_PATIENCE_MS));
        }
    }

    /** Drains, and closes the connection. */
    @Override
    public void close() {
        drain();
        if (!writer.isAlive()) { // otherwise the connection is in the writer's hands
            connection.abandon();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

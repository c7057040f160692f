package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.CommitMeasures;
import dev.pawl.store.kit.WriteQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups of changes, each in one transaction, on a thread and a connection of its own. A group whose rows another server has changed is
 * made again. When the connection breaks while a group is committed, a new one looks for the proof that it was, and the group is made again
 * when there is none.
 */
public final class GroupWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);

    private static final int MOST_ATTEMPTS = 50;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);
    private static final Duration RECONNECT = Duration.ofMillis(200);
    /** Unknown when this server, which has committed before, has no row any more: it was away for so long that they were folded. */
    private static final String IS_COMMITTED =
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM commits WHERE owner = ? AND n = ?) THEN 1 "
                    + "WHEN ? > 0 AND NOT EXISTS (SELECT 1 FROM commits WHERE owner = ?) THEN 2 ELSE 0 END";

    private static final int COMMITTED = 1;
    private static final int UNKNOWN = 2;

    private final Connections connections;
    private final long owner;
    private final Duration longestWait;
    private final Transactions transactions;
    private final WriteQueue<PendingChange<?>> queue;
    private final CommitMeasures measures = new CommitMeasures();
    private final ExecutorService completer =
            Executors.newSingleThreadExecutor(task -> daemon(task, "pawl-store-completer"));
    private final Thread thread = daemon(this::run, "pawl-store-writer");
    private volatile CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    private volatile @Nullable ProblemException trouble;
    private final Timeline timeline;
    private @Nullable Session session;
    private @Nullable PendingChange<?> afterFailover; // until it is on disk
    private boolean isOpen; // a transaction of which nobody was told yet
    private long group; // the number of the last group that was committed, or may have been
    private long committed; // the last group that is known to be committed; 0 for none

    /**
     * Prepares the thread.
     *
     * @param owner the number of this process
     * @param longestWait the longest wait of a change for its turn and for the database
     */
    public GroupWriter(Connections connections, long owner, Duration longestWait, Transactions transactions) {
        this.connections = connections;
        this.owner = owner;
        this.longestWait = longestWait;
        this.transactions = transactions;
        this.timeline = new Timeline(connections.place());
        this.queue = new WriteQueue<>(longestWait);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The measurements of its commits. */
    public CommitMeasures measures() {
        return measures;
    }

    /** Why the last group could not be written; empty when it was. Safe for many threads. */
    public Optional<ProblemException> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Begins to write. */
    public void start() {
        thread.start();
    }

    /** Makes the change in a transaction; when the queue is full, waits for room for as long as a change may wait. */
    public <T> CompletionStage<T> submit(Change<T> change) {
        PendingChange<T> pending = new PendingChange<>(change);
        switch (queue.put(pending, Thread.currentThread() != thread)) {
            case TAKEN -> {}
            case FULL ->
                pending.future()
                        .completeExceptionally(new ProblemException(
                                ProblemCode.STORE_UNAVAILABLE,
                                "The store " + connections.place()
                                        + " cannot accept a write: its queue has been full for "
                                        + longestWait.toSeconds() + " s."));
            case CLOSED -> pending.future().completeExceptionally(closed());
        }
        return pending.future();
    }

    /** Completes when all futures of the transaction that is under way have completed; at once when there is none. */
    public CompletionStage<Void> settled() {
        return told.minimalCompletionStage();
    }

    static ProblemException closed() {
        return new ProblemException(ProblemCode.SHUTTING_DOWN, "The store is closed; the server is shutting down.");
    }

    private void run() {
        List<PendingChange<?>> changes = new ArrayList<>();
        while (queue.take(changes::add)) {
            try {
                write(changes);
            } catch (RuntimeException | Error e) { // every later change would wait forever
                LOG.error("The store's writer continues after an error.", e);
                transactions.undone();
                abandon();
                ProblemException problem = e instanceof ProblemException known
                        ? known
                        : new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store failed: " + e + ".", e);
                changes.forEach(change -> change.fail(problem));
                tell(() -> {}, List.copyOf(changes));
            }
            changes.clear();
            if (transactions.isUnfinished() && queue.isEmpty()) {
                queue.put(new PendingChange<>(() -> true), false);
            }
        }
    }

    private void write(List<PendingChange<?>> changes) {
        int attempts = 0;
        long beganNs = System.nanoTime();
        while (true) {
            attempts++;
            begunTelling();
            boolean committing = false;
            try {
                Session open = open();
                failOver(changes);
                if (!make(open, changes)) {
                    open.script("ROLLBACK");
                    transactions.undone();
                    continue;
                }
                group++;
                committing = true;
                transactions.ending(group, !queue.isEmpty());
                succeeded(changes, beganNs);
                return;
            } catch (SQLException e) {
                if (committing && PostgresErrors.isConnection(e) && wasCommitted(changes)) {
                    succeeded(changes, beganNs);
                    return;
                }
                transactions.undone();
                rollBack(e);
                if (!goesOn(changes, e, attempts)) {
                    return;
                }
            }
        }
    }

    /** Makes the changes, except those that were refused half-way before; false as soon as another one is. */
    private boolean make(Session open, List<PendingChange<?>> changes) throws SQLException {
        List<UUID> jobs = new ArrayList<>();
        List<UUID> added = new ArrayList<>();
        for (PendingChange<?> change : changes) {
            jobs.addAll(change.change().jobs());
            added.addAll(change.change().added());
        }
        transactions.begun(open, jobs, added);
        for (PendingChange<?> change : changes) {
            if (!change.wasRefused() && !change.attempt(transactions)) {
                return false;
            }
        }
        return true;
    }

    /** Puts the change first that a database needs which has failed over. */
    private void failOver(List<PendingChange<?>> changes) {
        PendingChange<?> first = afterFailover;
        if (first != null && !changes.contains(first)) {
            changes.add(0, first);
        }
    }

    private void succeeded(List<PendingChange<?>> changes, long beganNs) {
        if (changes.contains(afterFailover)) {
            afterFailover = null;
        }
        committed = group;
        measures.committed(beganNs, changes.size());
        if (trouble != null) {
            trouble = null;
            LOG.info("The store {} can be written again.", connections.place());
        }
        tell(transactions.committed(), List.copyOf(changes));
    }

    /** Ends the transaction, or the connection when it is of no use any more. */
    private void rollBack(SQLException fault) {
        Session open = session;
        if (open == null || PostgresErrors.isConnection(fault)) {
            abandon();
            return;
        }
        try {
            open.script("ROLLBACK");
        } catch (SQLException e) {
            abandon();
        }
    }

    /** Whether the group is to be made again; otherwise its changes are refused, or were made one by one. */
    private boolean goesOn(List<PendingChange<?>> changes, SQLException fault, int attempts) {
        if (PostgresErrors.isConnection(fault)) {
            note(PostgresErrors.problem(connections.place(), fault));
            refuse(changes, change -> queue.isClosed() || change.waitsFor(longestWait, System.nanoTime()), fault);
            if (!changes.isEmpty()) {
                pause();
            }
            return !changes.isEmpty();
        }
        if (PostgresErrors.isAgain(fault) && attempts < MOST_ATTEMPTS) {
            return true;
        }
        if (changes.size() > 1 && (PostgresErrors.isStatement(fault) || PostgresErrors.isAgain(fault))) {
            for (PendingChange<?> change : List.copyOf(changes)) { // the guilty one is refused alone
                write(new ArrayList<>(List.of(change)));
            }
            return false;
        }
        ProblemException problem = PostgresErrors.isStatement(fault)
                ? PostgresErrors.ofStatement(connections.place(), fault)
                : PostgresErrors.problem(connections.place(), fault);
        note(problem);
        changes.forEach(change -> change.fail(problem));
        tell(() -> {}, List.copyOf(changes));
        return false;
    }

    private void refuse(List<PendingChange<?>> changes, Predicate<PendingChange<?>> condition, SQLException fault) {
        List<PendingChange<?>> refused = changes.stream().filter(condition).toList();
        if (!refused.isEmpty()) {
            ProblemException problem = PostgresErrors.problem(connections.place(), fault);
            refused.forEach(change -> change.fail(problem));
            changes.removeAll(refused);
            tell(() -> {}, refused);
        }
    }

    private void note(ProblemException problem) {
        measures.failed();
        if (trouble == null) {
            LOG.error("{}", problem.getMessage(), problem);
        }
        trouble = problem;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RECONNECT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Looks with a new connection whether the group was committed. It takes the lock of this owner first: the backend of the broken connection
     * holds it until it has ended one way or the other.
     */
    private boolean wasCommitted(List<PendingChange<?>> changes) {
        abandon();
        while (true) {
            try {
                int found = open().last(
                                List.of(
                                        new SqlCall("BEGIN"),
                                        new SqlCall("SELECT pg_advisory_xact_lock(?)", owner),
                                        new SqlCall("COMMIT"),
                                        new SqlCall(IS_COMMITTED, owner, group, committed, owner)),
                                row -> row.getInt(1));
                if (found == UNKNOWN) {
                    throw new ProblemException(
                            ProblemCode.STORE_UNCONFIRMED,
                            "The store " + connections.place()
                                    + " was away for so long that it does not say any more whether "
                                    + "the change was made; look before you repeat it.");
                }
                return found == COMMITTED;
            } catch (SQLException e) {
                abandon();
                if (queue.isClosed()
                        || changes.stream()
                                .allMatch(change -> change.waitsFor(longestWait.multipliedBy(2), System.nanoTime()))) {
                    return false;
                }
                pause();
            }
        }
    }

    private Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = connections.writer();
            session = open;
            open.limitSilence(LONGEST_SILENCE);
            if (timeline.hasChanged(open)) {
                LOG.warn(
                        "The database {} has failed over: what had not reached the new one is lost. Jobs that run here go on from their "
                                + "last checkpoints there.",
                        connections.place());
                transactions.undone();
                afterFailover = new PendingChange<>(transactions.afterFailover());
            }
        }
        return open;
    }

    private void abandon() {
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("A connection to the store {} did not close", connections.place(), e);
            }
        }
    }

    /** A transaction is under way, perhaps not for the first time: {@link #tell} ends it. */
    private void begunTelling() {
        if (!isOpen) {
            isOpen = true;
            told = new CompletableFuture<>();
        }
    }

    private void tell(Runnable first, List<PendingChange<?>> done) {
        CompletableFuture<Void> whole = told;
        isOpen = false;
        completer.execute(() -> {
            first.run();
            for (PendingChange<?> change : done) {
                try {
                    change.complete();
                } catch (RuntimeException | Error e) { // from a dependent stage; the next futures complete all the same
                    LOG.error("A stage that depends on a write failed; this is a bug.", e);
                }
            }
            whole.complete(null);
        });
    }

    /** Accepts no more changes, and returns when the accepted ones are on disk or refused. */
    public void drain() {
        queue.close();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                completer.shutdown();
                if (!completer.awaitTermination(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("Callers of the store still block its completion thread, which is abandoned.");
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

    /** Completes the queued changes and closes the connection. */
    @Override
    public void close() {
        drain();
        abandon();
    }
}

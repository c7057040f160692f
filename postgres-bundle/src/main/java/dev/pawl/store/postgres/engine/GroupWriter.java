package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.CommitMeasures;
import dev.pawl.store.kit.Completions;
import dev.pawl.store.kit.WriteQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups of changes, each in one transaction, on a thread and a connection of its own. A group whose rows another server has changed is
 * made again. When the connection breaks while a group is committed, a new one looks for the proof that it was, and the group is made again
 * when there is none. After several changes the next group is begun once as many are there again, or after half the time that they took, at
 * most 2 ms: who has waited for a commit often has the next change at once, and a transaction costs the database as much as some changes.
 */
public final class GroupWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);

    private static final int MOST_ATTEMPTS = 50;

    /** The number of changes of a group from which on the next one waits for those that it has set free. */
    private static final int GATHERED_FROM = 4;

    private static final long LONGEST_GATHERING_NS = Duration.ofMillis(2).toNanos();

    private static final Duration RECONNECT = Duration.ofMillis(200);

    private final String place;
    private final WriterConnection connection;
    private final Duration longestWait;
    private final Transactions transactions;
    private final WriteQueue<PendingChange<?>> queue;
    private final CommitMeasures measures = new CommitMeasures();
    private final Completions completions = new Completions();
    private final Thread thread = new Thread(this::run, "pawl-store-writer");
    private volatile @Nullable ProblemException trouble;
    private @Nullable PendingChange<?> afterFailover; // until it is on disk
    private long group; // the number of the last group that was committed, or may have been
    private long committed; // the last group that is known to be committed; 0 for none

    /**
     * Prepares the thread.
     *
     * @param owner the number of this process
     * @param longestWait the longest wait of a change for its turn and for the database
     */
    public GroupWriter(Connections connections, long owner, Duration longestWait, Transactions transactions) {
        this.place = connections.place();
        this.connection = new WriterConnection(connections, owner, this::failedOver);
        this.longestWait = longestWait;
        this.transactions = transactions;
        this.queue = new WriteQueue<>(longestWait);
        thread.setDaemon(true);
    }

    private void failedOver() {
        transactions.undone();
        afterFailover = new PendingChange<>(transactions.afterFailover());
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
                                "The store " + place
                                        + " cannot accept a write: its queue has been full for "
                                        + longestWait.toSeconds() + " s."));
            case CLOSED -> pending.future().completeExceptionally(closed());
        }
        return pending.future();
    }

    /** Completes when all futures of the transaction that is under way have completed; at once when there is none. */
    public CompletionStage<Void> settled() {
        return completions.settled();
    }

    static ProblemException closed() {
        return new ProblemException(ProblemCode.SHUTTING_DOWN, "The store is closed; the server is shutting down.");
    }

    private void run() {
        List<PendingChange<?>> changes = new ArrayList<>();
        while (queue.take(changes::add)) {
            long beganNs = System.nanoTime();
            int number = changes.size();
            try {
                write(changes);
            } catch (RuntimeException | Error e) { // every later change would wait forever
                LOG.error("The store's writer continues after an error.", e);
                transactions.undone();
                connection.abandon();
                ProblemException problem = e instanceof ProblemException known
                        ? known
                        : new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store failed: " + e + ".", e);
                changes.forEach(change -> change.fail(problem));
                completions.tell(List.copyOf(changes));
            }
            changes.clear();
            if (transactions.isUnfinished() && queue.isEmpty()) {
                queue.put(new PendingChange<>(() -> true), false);
            } else if (number >= GATHERED_FROM) {
                queue.gather(number, Math.min((System.nanoTime() - beganNs) / 2, LONGEST_GATHERING_NS));
            }
        }
    }

    private void write(List<PendingChange<?>> changes) {
        int attempts = 0;
        long beganNs = System.nanoTime();
        while (true) {
            attempts++;
            completions.begun();
            boolean committing = false;
            try {
                Session open = connection.open();
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
                connection.rollBack(e);
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
        List<UUID> ended = new ArrayList<>();
        for (PendingChange<?> change : changes) {
            jobs.addAll(change.change().jobs());
            added.addAll(change.change().added());
            if (change.change().isEnd()) {
                ended.addAll(change.change().jobs());
            }
        }
        transactions.begun(open, jobs, added, ended);
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
            LOG.info("The store {} can be written again.", place);
        }
        Transactions.Told told = transactions.committed();
        completions.tell(told.call(), List.copyOf(changes), queue.isEmpty() && !told.mayWait());
    }

    /** Whether the group is to be made again; otherwise its changes are refused, or were made one by one. */
    private boolean goesOn(List<PendingChange<?>> changes, SQLException fault, int attempts) {
        if (PostgresErrors.isConnection(fault)) {
            note(PostgresErrors.problem(place, fault));
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
                ? PostgresErrors.ofStatement(place, fault)
                : PostgresErrors.problem(place, fault);
        note(problem);
        changes.forEach(change -> change.fail(problem));
        completions.tell(List.copyOf(changes));
        return false;
    }

    private void refuse(List<PendingChange<?>> changes, Predicate<PendingChange<?>> condition, SQLException fault) {
        List<PendingChange<?>> refused = changes.stream().filter(condition).toList();
        if (!refused.isEmpty()) {
            ProblemException problem = PostgresErrors.problem(place, fault);
            refused.forEach(change -> change.fail(problem));
            changes.removeAll(refused);
            completions.tell(refused);
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

    /** Looks with a new connection whether the group was committed, for as long as a change may wait. */
    private boolean wasCommitted(List<PendingChange<?>> changes) {
        connection.abandon();
        while (true) {
            try {
                return connection.wasCommitted(group, committed);
            } catch (SQLException e) {
                connection.abandon();
                if (queue.isClosed()
                        || changes.stream()
                                .allMatch(change -> change.waitsFor(longestWait.multipliedBy(2), System.nanoTime()))) {
                    return false;
                }
                pause();
            }
        }
    }

    /** Accepts no more changes, and returns when the accepted ones are on disk or refused. */
    public void drain() {
        queue.close();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                completions.close(longestWait.toMillis());
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
        connection.abandon();
    }
}

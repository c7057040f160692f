package dev.pawl.store.sqlite.engine;

import dev.pawl.store.kit.QueuedWrite;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A write, from the call to the completion of its future. */
final class PendingWrite<T> implements QueuedWrite {

    private final Session.Reading<T> work;
    private final long size;
    private final long since = System.nanoTime();
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private boolean attempted;
    private boolean halfWay;
    private @Nullable T value;
    private @Nullable Throwable failure;

    /** @param size the approximate number of characters that it retains while it waits */
    PendingWrite(long size, Session.Reading<T> work) {
        this.size = size;
        this.work = work;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean waitsFor(Duration limit, long nowNs) {
        return nowNs - since >= limit.toNanos();
    }

    CompletableFuture<T> future() {
        return future;
    }

    /**
     * Runs the work within the group's transaction, perhaps not for the first time.
     *
     * @param followed what follows the transaction
     * @return false when it was refused after it had changed something, so that the transaction must be rolled back
     * @throws SQLException when the whole group must be rolled back
     */
    boolean attempt(Session session, Transactions followed, Path file) throws SQLException {
        attempted = true;
        failure = null;
        long updates = session.updates();
        long left = followed.left();
        try {
            value = work.read(session);
        } catch (SQLException e) {
            if (SqliteErrors.ofStorage(e)) {
                throw e;
            }
            failure = SqliteErrors.ofStatement(file, e);
        } catch (RuntimeException e) {
            failure = e;
        }
        halfWay = failure != null && (session.updates() != updates || followed.left() != left);
        return !halfWay;
    }

    /** Whether it was refused after it had changed something; it is not made again. */
    boolean wasHalfWay() {
        return halfWay;
    }

    /** Turns its outcome into a failure; allocates no memory. */
    void fail(Throwable why) {
        failure = why;
    }

    @Override
    @SuppressWarnings("NullAway") // a work may return what its caller's type allows
    public void complete() {
        Throwable why = failure;
        if (why != null) {
            future.completeExceptionally(why);
        } else if (attempted) {
            future.complete(value);
        } else {
            future.completeExceptionally(new IllegalStateException("The write was not attempted."));
        }
    }
}

package dev.pawl.store.postgres.engine;

import dev.pawl.store.kit.QueuedWrite;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A change, from the call to the completion of its future. */
final class PendingChange<T> implements QueuedWrite {

    private final Change<T> change;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final long since = System.nanoTime();
    private boolean refused;
    private @Nullable T value;
    private @Nullable Throwable failure;

    PendingChange(Change<T> change) {
        this.change = change;
    }

    Change<T> change() {
        return change;
    }

    CompletableFuture<T> future() {
        return future;
    }

    @Override
    public long size() {
        return change.size();
    }

    @Override
    public boolean waitsFor(Duration limit, long nowNs) {
        return nowNs - since >= limit.toNanos();
    }

    /**
     * Makes the change within the transaction.
     *
     * @return false when it was refused after it had changed something, so that the transaction begins again without it
     * @throws SQLException when the transaction cannot go on
     */
    boolean attempt(Transactions transactions) throws SQLException {
        failure = null;
        long made = transactions.made();
        try {
            value = change.make();
        } catch (RuntimeException e) {
            failure = e;
            refused = transactions.made() != made;
            return !refused;
        }
        return true;
    }

    /** Whether it was refused half-way; it is not made again. */
    boolean wasRefused() {
        return refused;
    }

    void fail(Throwable why) {
        failure = why;
    }

    @Override
    @SuppressWarnings("NullAway") // a change may return what its caller's type allows
    public void complete() {
        Throwable why = failure;
        if (why == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(why);
        }
    }
}

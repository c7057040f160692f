package dev.pawl.store.sqlite.engine;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A write, from the call to the completion of its future. */
final class PendingWrite<T> {

    private final Session.Reading<T> work;
    private final long size;
    private final long since = System.nanoTime();
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private boolean attempted;
    private @Nullable T value;
    private @Nullable Throwable failure;

    /** @param size the approximate number of characters that it retains while it waits */
    PendingWrite(long size, Session.Reading<T> work) {
        this.size = size;
        this.work = work;
    }

    long size() {
        return size;
    }

    /** Whether it has been waiting for at least the given time. */
    boolean waitsFor(Duration limit, long nowNs) {
        return nowNs - since >= limit.toNanos();
    }

    CompletableFuture<T> future() {
        return future;
    }

    /**
     * Runs the work within the group's transaction; when it is refused, rolls back only its part.
     *
     * @throws SQLException when the whole group must be rolled back
     */
    void attempt(Session session, Path file) throws SQLException {
        attempted = true;
        session.update("SAVEPOINT one");
        try {
            value = work.read(session);
        } catch (SQLException e) {
            if (SqliteErrors.ofStorage(e)) {
                throw e;
            }
            session.update("ROLLBACK TO one");
            failure = SqliteErrors.ofStatement(file, e);
        } catch (RuntimeException e) {
            session.update("ROLLBACK TO one");
            failure = e;
        }
        session.update("RELEASE one");
    }

    /** Turns its outcome into a failure; allocates no memory. */
    void fail(Throwable why) {
        failure = why;
    }

    /** Completes the future. */
    @SuppressWarnings("NullAway") // a work may return what its caller's type allows
    void complete() {
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

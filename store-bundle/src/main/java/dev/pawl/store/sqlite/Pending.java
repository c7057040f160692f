package dev.pawl.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One write from the call to the completion of its future. */
final class Pending<T> {

    private final Session.Reading<T> work;
    private final long size;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable Outcome<T> outcome;

    private record Outcome<T>(@Nullable T value, @Nullable Throwable failure) {}

    /** @param size roughly how many characters it holds on to while it waits */
    Pending(long size, Session.Reading<T> work) {
        this.size = size;
        this.work = work;
    }

    long size() {
        return size;
    }

    CompletableFuture<T> future() {
        return future;
    }

    /**
     * Does the work within the group's transaction; when it is refused, undoes its part alone.
     *
     * @throws SQLException when the whole group is lost
     */
    void attempt(Session session, Path file) throws SQLException {
        session.update("SAVEPOINT one");
        try {
            outcome = new Outcome<>(work.read(session), null);
        } catch (SQLException e) {
            if (Faults.ofStorage(e)) {
                throw e;
            }
            session.update("ROLLBACK TO one");
            outcome = new Outcome<>(null, Faults.ofStatement(file, e));
        } catch (RuntimeException e) {
            session.update("ROLLBACK TO one");
            outcome = new Outcome<>(null, e);
        }
        session.update("RELEASE one");
    }

    /** Makes it a failure, whatever it was. */
    void fail(Throwable failure) {
        outcome = new Outcome<>(null, failure);
    }

    /** Tells the caller. */
    @SuppressWarnings("NullAway") // a work may return what its caller's type allows
    void complete() {
        Outcome<T> done = outcome;
        if (done == null) {
            future.completeExceptionally(new IllegalStateException("The write was not attempted."));
        } else if (done.failure() == null) {
            future.complete(done.value());
        } else {
            future.completeExceptionally(done.failure());
        }
    }
}

package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tests whether a store that refused its last write accepts writes again, by a write that leaves nothing behind. */
public final class WriteProbe {

    // SQLite writes no page for a row that is updated with equal values, so the test inserts and deletes a row.
    private static final String COME =
            "INSERT OR REPLACE INTO documents (owner, name, body) VALUES ('pawl:store', 'probe', '{}')";
    private static final String GO = "DELETE FROM documents WHERE owner = 'pawl:store' AND name = 'probe'";
    private static final long TIMEOUT_MS = 3_000;

    private WriteProbe() {}

    /** Writes only after a failure, so that health checks do not burden a healthy store. */
    public static Optional<String> trouble(GroupCommit writer) {
        if (writer.trouble().isEmpty()) {
            return Optional.empty();
        }
        try {
            writer.submit(1, session -> session.update(COME) + session.update(GO))
                    .toCompletableFuture()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return writer.trouble().map(ProblemException::getMessage);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return writer.trouble().map(ProblemException::getMessage);
    }
}

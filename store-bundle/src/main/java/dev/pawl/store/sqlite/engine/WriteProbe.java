package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out whether a store that refused its last write takes them again, by a write that leaves nothing. */
public final class WriteProbe {

    // SQLite writes no page for a row that gets the values it has, so that only a row which comes and goes finds out.
    private static final String COME =
            "INSERT OR REPLACE INTO documents (owner, name, body) VALUES ('pawl:store', 'probe', '{}')";
    private static final String GO = "DELETE FROM documents WHERE owner = 'pawl:store' AND name = 'probe'";
    private static final long PATIENCE_MS = 3_000;

    private WriteProbe() {}

    /** Writes only after trouble: a store that does well is not troubled for its health. */
    public static Optional<String> trouble(GroupCommit writer) {
        if (writer.trouble().isEmpty()) {
            return Optional.empty();
        }
        try {
            writer.submit(1, session -> session.update(COME) + session.update(GO))
                    .toCompletableFuture()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return writer.trouble().map(ProblemException::getMessage);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return writer.trouble().map(ProblemException::getMessage);
    }
}

package dev.pawl.store.postgres.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells callers of their changes, in the order of the commits, on a thread of its own that they may block. Used by the writer's thread, but for {@link #settled}. */
final class Completions {

    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    private final ExecutorService completer = Executors.newSingleThreadExecutor(Completions::daemon);
    private volatile CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    private boolean isOpen; // a transaction of which nobody was told yet

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pawl-store-completer");
        thread.setDaemon(true);
        return thread;
    }

    /** A transaction is under way, perhaps not for the first time: {@link #tell} ends it. */
    void begun() {
        if (!isOpen) {
            isOpen = true;
            told = new CompletableFuture<>();
        }
    }

    /** Completes when all futures of the transaction that is under way have completed; at once when there is none. Safe for many threads. */
    CompletionStage<Void> settled() {
        return told.minimalCompletionStage();
    }

    /** Completes changes, which were made or refused. */
    void tell(List<PendingChange<?>> done) {
        tell(() -> {}, done);
    }

    /** Completes changes after what is to come first. */
    void tell(Runnable first, List<PendingChange<?>> done) {
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

    /** Tells no more, and waits until all that was to be told is. */
    void close(Duration longestWait) throws InterruptedException {
        completer.shutdown();
        if (!completer.awaitTermination(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Callers of the store still block its completion thread, which is abandoned.");
        }
    }
}

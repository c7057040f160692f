package dev.pawl.store.sqlite.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the futures of writes on a thread of its own, in the order of their transactions, so that what depends on them does not hold up
 * the writer. Its methods are called on the writer's thread, except {@link #settled} and {@link #close}.
 */
final class FutureCompleter {

    private static final Logger LOG = LoggerFactory.getLogger(FutureCompleter.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread completer = new Thread(task, "pawl-store-completer");
        completer.setDaemon(true);
        return completer;
    });
    private volatile CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    private boolean isOpen;

    /** A transaction is under way, perhaps not for the first time: {@link #tell} ends it. */
    void begun() {
        if (!isOpen) {
            isOpen = true;
            told = new CompletableFuture<>();
        }
    }

    /** Completes when all futures of the transaction that is under way have completed; at once when there is none. */
    CompletionStage<Void> settled() {
        return told.minimalCompletionStage();
    }

    /**
     * Completes the futures of writes.
     *
     * @param first is told before the futures complete
     * @param now whether it is told on the calling thread
     */
    void tell(Runnable first, List<PendingWrite<?>> done, boolean now) {
        CompletableFuture<Void> whole = told;
        isOpen = false;
        if (now) {
            first.run();
        }
        Runnable all = () -> {
            if (!now) {
                first.run();
            }
            done.forEach(FutureCompleter::complete);
            whole.complete(null);
        };
        try {
            thread.execute(all);
        } catch (RuntimeException | Error e) { // no thread is available: the futures complete on this one
            all.run();
        }
    }

    private static void complete(PendingWrite<?> write) {
        try {
            write.complete();
        } catch (RuntimeException
                | Error e) { // from a dependent stage of the future; the next futures complete all the same
            LOG.error("A stage that depends on a write failed; this is a bug.", e);
        }
    }

    /** Returns when all futures have completed, or their callers block the thread for too long. */
    void close(long timeoutMs) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS)) {
            LOG.warn("Callers of the store still block its completion thread, which is abandoned.");
        }
    }
}

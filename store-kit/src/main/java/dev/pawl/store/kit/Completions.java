package dev.pawl.store.kit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells callers of their writes, in the order of the transactions, on a thread of its own that they may block. What comes first of a transaction
 * is told in that order too, one call at a time. Its methods are called on the writer's thread, except {@link #settled} and {@link #close}.
 */
public final class Completions {

    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    private final ExecutorService completer = Executors.newSingleThreadExecutor(Completions::daemon);
    private final AtomicInteger firstsLeft = new AtomicInteger(); // to the thread, until they were told
    private volatile CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    private boolean isOpen; // a transaction of which nobody was told yet

    /** Prepares the thread. */
    public Completions() {}

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pawl-store-completer");
        thread.setDaemon(true);
        return thread;
    }

    /** A transaction is under way, perhaps not for the first time: {@link #tell} ends it. */
    public void begun() {
        if (!isOpen) {
            isOpen = true;
            told = new CompletableFuture<>();
        }
    }

    /** Completes when all futures of the transaction that is under way have completed; at once when there is none. Safe for many threads. */
    public CompletionStage<Void> settled() {
        return told.minimalCompletionStage();
    }

    /** Completes writes, which were made or refused. */
    public void tell(List<? extends QueuedWrite> done) {
        tell(() -> {}, done, false);
    }

    /**
     * Completes writes after what is to come first.
     *
     * @param first throws nothing
     * @param isFree whether this thread may run {@code first}, which saves waking another one; it does when nothing from before is left to be told
     */
    public void tell(Runnable first, List<? extends QueuedWrite> done, boolean isFree) {
        CompletableFuture<Void> whole = told;
        isOpen = false;
        boolean isHere = isFree && firstsLeft.get() == 0;
        if (isHere) {
            first.run();
        } else {
            firstsLeft.incrementAndGet();
        }
        Runnable all = () -> {
            if (!isHere) {
                first.run();
                firstsLeft.decrementAndGet();
            }
            done.forEach(Completions::complete);
            whole.complete(null);
        };
        try {
            completer.execute(all);
        } catch (RuntimeException | Error e) { // no thread is available: the futures complete on this one
            all.run();
        }
    }

    private static void complete(QueuedWrite write) {
        try {
            write.complete();
        } catch (RuntimeException
                | Error e) { // from a dependent stage of the future; the next futures complete all the same
            LOG.error("A stage that depends on a write failed; this is a bug.", e);
        }
    }

    /** Returns when all that was to be told is, or callers block the thread for too long. */
    public void close(long timeoutMs) throws InterruptedException {
        completer.shutdown();
        if (!completer.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS)) {
            LOG.warn("Callers of the store still block its completion thread, which is abandoned.");
        }
    }
}

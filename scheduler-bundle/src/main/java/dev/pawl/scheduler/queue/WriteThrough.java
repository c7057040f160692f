package dev.pawl.scheduler.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Makes changes on disk first and in memory afterwards, in the order in which the store gets them: a refused change is not in force, and
 * after any number of concurrent changes memory and disk agree. Safe for many threads.
 */
final class WriteThrough {

    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * Makes a change.
     *
     * @param row gives the change to the store; called at once
     * @param memory makes the change in memory; called when the row is on disk and all changes before this one are over
     * @return completes when the change is in force, or fails as the store's answer does
     */
    <T> CompletionStage<T> change(Supplier<CompletionStage<T>> row, Runnable memory) {
        lock.lock();
        try {
            CompletableFuture<T> changed = last.handle((done, refused) -> true)
                    .thenCombine(row.get(), (turn, written) -> {
                        memory.run();
                        return written;
                    });
            last = changed;
            return changed.minimalCompletionStage(); // a caller that cancels its wait must not cancel the change
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads memory anew, when all changes before are over; those that are made meanwhile come to memory after it.
     *
     * @param memory reads the rows and makes memory as they are
     * @param background runs it
     */
    CompletionStage<Void> reread(Runnable memory, Executor background) {
        lock.lock();
        try {
            CompletableFuture<Void> read = last.handle((done, refused) -> true).thenRunAsync(memory, background);
            last = read;
            return read;
        } finally {
            lock.unlock();
        }
    }
}

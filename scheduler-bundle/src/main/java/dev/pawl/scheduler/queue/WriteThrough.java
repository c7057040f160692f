package dev.pawl.scheduler.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Turns changes into rows and only then into memory, in the order in which the store was given them: a refused change is not in force,
 * and after any number of changes at once memory and disk say the same. Safe for many threads.
 */
final class WriteThrough {

    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * Makes a change.
     *
     * @param row gives the change to the store; called at once
     * @param memory makes the change in memory; called when the row is on disk and all changes before this one are over
     * @return completes when the change is in force, or as the store's answer does when it is refused
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
            return changed.minimalCompletionStage(); // a caller that waits no longer must not keep it from happening
        } finally {
            lock.unlock();
        }
    }
}

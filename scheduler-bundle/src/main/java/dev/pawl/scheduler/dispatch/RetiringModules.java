package dev.pawl.scheduler.dispatch;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The bundles that get no more jobs and keep those they have until they end. Safe for many threads. */
public final class RetiringModules {

    private final ActiveRuns runs;
    private final Map<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    public RetiringModules(ActiveRuns runs) {
        this.runs = runs;
    }

    /** Waits for the last run of a bundle that gets no more jobs; completes on any thread, at once when no run uses the bundle. */
    public CompletionStage<Void> awaitUnused(long bundle) {
        CompletableFuture<Void> unused = waiting.computeIfAbsent(bundle, key -> new CompletableFuture<>());
        completeIfUnused(bundle);
        return unused;
    }

    /** Cancels the wait for the last run of a bundle, which gets jobs again. */
    public void cancel(long bundle) {
        CompletableFuture<Void> unused = waiting.remove(bundle);
        if (unused != null) {
            unused.cancel(false);
        }
    }

    /** A run has left a bundle; it may have been the last. */
    void completeUnused() {
        waiting.keySet().forEach(this::completeIfUnused);
    }

    private void completeIfUnused(long bundle) {
        if (runs.using(bundle).isEmpty()) {
            CompletableFuture<Void> unused = waiting.remove(bundle);
            if (unused != null) {
                unused.complete(null);
            }
        }
    }
}

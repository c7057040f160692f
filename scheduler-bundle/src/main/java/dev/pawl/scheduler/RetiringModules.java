package dev.pawl.scheduler;

import dev.pawl.scheduler.catalog.ReadyModules;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The bundles whose modules get no more jobs and keep those they have until they end. Safe for many threads. */
final class RetiringModules {

    private final ReadyModules modules;
    private final ActiveRuns runs;
    private final Dispatcher dispatcher;
    private final Map<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    RetiringModules(ReadyModules modules, ActiveRuns runs, Dispatcher dispatcher) {
        this.modules = modules;
        this.runs = runs;
        this.dispatcher = dispatcher;
    }

    /** Begins one; completes, on any thread, when no run uses the bundle. */
    CompletionStage<Void> retire(long bundle) {
        CompletableFuture<Void> left = waiting.computeIfAbsent(bundle, key -> new CompletableFuture<>());
        modules.retire(bundle);
        dispatcher.settle(); // what was claimed for it is among the runs now
        look(bundle);
        dispatcher.wake();
        return left;
    }

    /** Ends one early: what waited for it is cancelled. */
    void reinstate(long bundle) {
        CompletableFuture<Void> left = waiting.remove(bundle);
        if (left != null) {
            left.cancel(false);
        }
        modules.reinstate(bundle);
        dispatcher.wake();
    }

    /** A run has left a bundle; it may have been the last. */
    void look() {
        waiting.keySet().forEach(this::look);
    }

    private void look(long bundle) {
        if (runs.using(bundle).isEmpty()) {
            CompletableFuture<Void> left = waiting.remove(bundle);
            if (left != null) {
                left.complete(null);
            }
        }
    }
}

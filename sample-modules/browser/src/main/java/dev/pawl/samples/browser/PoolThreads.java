package dev.pawl.samples.browser;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that belong to the pool of browsers. They outlive the task that causes them to be started, so they take neither its thread
 * group nor what its threads inherit.
 */
final class PoolThreads implements AutoCloseable {

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadGroup group = groupOf(Thread.currentThread());
    private final ExecutorService executor = Executors.newCachedThreadPool(this::make);

    private static ThreadGroup groupOf(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    private Thread make(Runnable work) {
        Thread thread = new Thread(group, work, "browser-pool-" + number.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        return thread;
    }

    ExecutorService executor() {
        return executor;
    }

    /** Runs on one of these threads. */
    CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, executor);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

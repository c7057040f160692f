package dev.pawl.scheduler.thread;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** Threads of the JVM itself, which it starts at their first use and ends by itself or never. */
public final class JvmThreads {

    private static final String INTERNAL = "jdk.internal."; // an HTTP client's selector, which ends with its client

    private JvmThreads() {}

    /**
     * Starts those that never end, so that no module does: they would keep its class loader.
     */
    public static void start() {
        CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> {});
    }

    /** Whether the thread is one of the JVM, whatever code made it start. */
    public static boolean has(Thread thread) {
        return thread.getClass().getName().startsWith(INTERNAL)
                || (thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool());
    }
}

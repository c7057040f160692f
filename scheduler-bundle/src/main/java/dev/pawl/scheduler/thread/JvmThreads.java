package dev.pawl.scheduler.thread;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** Tells the threads that the JVM starts for everybody when somebody needs them first, and ends by itself or never, from the others. */
public final class JvmThreads {

    private static final String INTERNAL = "jdk.internal."; // an HTTP client's selector, which ends with its client

    private JvmThreads() {}

    /**
     * Lets those start that never end, so that no module does: they would keep its classes.
     */
    public static void start() {
        CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> {});
    }

    /** Whether it is one, no matter who made it start. */
    public static boolean has(Thread thread) {
        return thread.getClass().getName().startsWith(INTERNAL)
                || (thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool());
    }
}

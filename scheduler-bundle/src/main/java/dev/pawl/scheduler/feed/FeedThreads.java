package dev.pawl.scheduler.feed;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that deliver logs, of which there is none while nothing happens. */
final class FeedThreads implements Executor, AutoCloseable {

    /** Number of threads for all subscriptions together: each holds a page in memory while it delivers. */
    private static final int THREADS = 8;

    private static final long IDLE_S = 30;
    private static final long CLOSING_MS = 2_000;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(null, work, "pawl-watch", 0, false);
                thread.setDaemon(true);
                return thread;
            });

    FeedThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the work as soon as a thread is free.
     *
     * @throws RejectedExecutionException when the threads end
     */
    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Puts the work behind what waits for a thread; returns false when nothing does, and the caller may as well carry on. */
    boolean queuedBehindOthers(Runnable work) {
        if (threads.getQueue().isEmpty()) {
            return false;
        }
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false; // the threads end with what is queued already
        }
    }

    /** Finishes what is queued, and ends the threads. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING_MS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

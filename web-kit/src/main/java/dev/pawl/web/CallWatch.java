package dev.pawl.web;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends calls whose time is over or that nobody wants any more, since a thread that waits for a socket cannot be interrupted. Its one
 * thread exists while there are calls and a second longer.
 */
final class CallWatch implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 100;

    private final ScheduledThreadPoolExecutor looks;

    CallWatch(String threadName) {
        looks = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        looks.setKeepAliveTime(1, TimeUnit.SECONDS);
        looks.allowCoreThreadTimeOut(true);
        looks.setRemoveOnCancelPolicy(true);
    }

    /** Watches a call until the returned watch is closed. */
    Watched watch(long timeoutNanos, BooleanSupplier unwanted, Runnable end) {
        Watched watched = new Watched(System.nanoTime() + timeoutNanos, unwanted, end);
        watched.look = looks.scheduleWithFixedDelay(watched::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        return watched;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        looks.shutdownNow();
        try {
            looks.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call that is watched. */
    static final class Watched implements AutoCloseable {

        private final long deadlineNanos;
        private final BooleanSupplier unwanted;
        private final Runnable end;
        private volatile ScheduledFuture<?> look;
        private volatile boolean late;
        private volatile boolean abandoned;

        @SuppressWarnings("NullAway.Init") // set by the only maker, before anybody else has it
        private Watched(long deadlineNanos, BooleanSupplier unwanted, Runnable end) {
            this.deadlineNanos = deadlineNanos;
            this.unwanted = unwanted;
            this.end = end;
        }

        private void look() {
            abandoned = abandoned || unwanted.getAsBoolean();
            late = late || System.nanoTime() - deadlineNanos >= 0;
            if (abandoned || late) {
                end.run();
            }
        }

        boolean isLate() {
            return late;
        }

        boolean isAbandoned() {
            return abandoned;
        }

        @Override
        public void close() {
            look.cancel(false);
        }
    }
}

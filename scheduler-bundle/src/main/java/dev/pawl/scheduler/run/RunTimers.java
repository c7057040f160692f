package dev.pawl.scheduler.run;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls back after a time, by the monotonic clock, so that a clock that is set changes no time limit. Owns two threads. */
public final class RunTimers implements AutoCloseable {

    /** How long a line or result waits for others before it is written. */
    private static final long FLUSH_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Logger LOG = LoggerFactory.getLogger(RunTimers.class);

    private final ScheduledThreadPoolExecutor timers;
    private final LinkedBlockingQueue<Flush> flushes = new LinkedBlockingQueue<>();
    private final Thread flusher;

    private record Flush(RunJournal journal, long dueNs) {}

    /** Starts the threads. */
    public RunTimers() {
        timers = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "pawl-timers"));
        timers.setRemoveOnCancelPolicy(true);
        flusher = daemon(this::flush, "pawl-flusher");
        flusher.start();
    }

    /** Calls once; null when the runtime is ending. The work must be short. */
    public @Nullable ScheduledFuture<?> after(Duration delay, Runnable work) {
        try {
            return timers.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    /** Calls again and again. */
    public void every(Duration period, Runnable work) {
        var unused = timers.scheduleAtFixedRate(() -> guarded(work), 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Writes what the journal has, a moment from now. All wait equally long, so a plain queue keeps them in order. */
    void flushSoon(RunJournal journal) {
        flushes.add(new Flush(journal, System.nanoTime() + FLUSH_AFTER_NS));
    }

    @Override
    public void close() {
        timers.shutdownNow();
        flusher.interrupt();
    }

    private void flush() {
        try {
            while (true) {
                Flush next = flushes.take();
                long waitNs = next.dueNs - System.nanoTime();
                while (waitNs > 0 && !Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(waitNs);
                    waitNs = next.dueNs - System.nanoTime();
                }
                guarded(next.journal::flushDue);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("A timer's work failed; this is a defect.", e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}

package dev.pawl.scheduler.time;

import dev.pawl.service.problem.ProblemException;
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

/** Timers by the monotonic clock. Owns two threads. */
public final class ThreadTimers implements Timers {

    /** Time for which a line or result waits for others before it is written. */
    private static final long FLUSH_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Least time between two rounds of flushes. */
    private static final long GATHER_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Time without a flush after which the flusher sleeps until the next one. */
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadTimers.class);

    private final ScheduledThreadPoolExecutor timers;
    private final LinkedBlockingQueue<Flush> flushes = new LinkedBlockingQueue<>();
    private final Thread flusher;

    private record Flush(Runnable work, long dueNs) {}

    /** Starts the threads. */
    public ThreadTimers() {
        timers = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "pawl-timers"));
        timers.setRemoveOnCancelPolicy(true);
        flusher = daemon(this::flush, "pawl-flusher");
        flusher.start();
    }

    @Override
    public @Nullable ScheduledFuture<?> after(Duration delay, Runnable work) {
        try {
            return timers.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    @Override
    public void every(Duration period, Runnable work) {
        var unused = timers.scheduleAtFixedRate(() -> guarded(work), 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Flushes in the order of their times: all wait equally long, so a plain queue does. */
    @Override
    public void flushSoon(Runnable flush) {
        flushes.add(new Flush(flush, System.nanoTime() + FLUSH_AFTER_NS));
    }

    @Override
    public void close() {
        timers.shutdownNow();
        flusher.interrupt();
    }

    private void flush() {
        try {
            while (true) {
                flushUntilQuiet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Flushes what is due every few milliseconds, until nothing has come for a while; who adds a flush meanwhile wakes nobody. It holds one
     * flush at a time, since each refers to a run, and that to its module.
     */
    private void flushUntilQuiet() throws InterruptedException {
        Flush next = flushes.take();
        long quietSinceNs = System.nanoTime();
        while (next != null || System.nanoTime() - quietSinceNs < QUIET_NS) {
            long waitNs = next == null ? GATHER_NS : next.dueNs - System.nanoTime();
            if (waitNs > 0) {
                LockSupport.parkNanos(Math.max(waitNs, GATHER_NS));
                if (Thread.interrupted()) {
                    throw new InterruptedException("The scheduler closes.");
                }
            } else {
                guarded(next.work);
                next = null;
                quietSinceNs = System.nanoTime();
            }
            next = next == null ? flushes.poll() : next;
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) { // the threads serve all others too, and periodic work is to come again
            say(e);
        }
    }

    private static void say(Throwable failure) {
        try {
            if (failure instanceof ProblemException problem
                    && problem.code().status() == 503) { // such as a store that is away
                LOG.warn("A timer's work was not done this time: {}", problem.getMessage());
            } else {
                LOG.error("A timer's work failed; this is a defect.", failure);
            }
        } catch (RuntimeException | Error e) { // there may be no memory for a line either
            Thread.onSpinWait();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}

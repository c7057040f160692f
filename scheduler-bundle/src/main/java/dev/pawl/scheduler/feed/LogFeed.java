package dev.pawl.scheduler.feed;

import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.store.JobStore;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Delivers logs to their followers. Owns the threads for that, of which there is none while nothing happens. */
public final class LogFeed implements AutoCloseable {

    /** Number of threads for all subscriptions together: each holds a page in memory while it delivers. */
    private static final int THREADS = 8;

    private static final long IDLE_S = 30;
    private static final long CLOSING_MS = 2_000;

    private final JobStore store;
    private final Timers timers;
    private final ConcurrentHashMap<UUID, Set<LogPump>> pumps = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(null, work, "pawl-watch", 0, false);
                thread.setDaemon(true);
                return thread;
            });

    /** Reads the logs from the store. */
    public LogFeed(JobStore store, Timers timers) {
        this.store = store;
        this.timers = timers;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Delivers the entries that are stored after the sequence number, then those that come. */
    public Subscription subscribe(UUID job, long after, LogSubscriber subscriber) {
        LogPump pump = new LogPump(job, after, subscriber, store, threads, timers, this::forget);
        pumps.compute(job, (id, present) -> {
            Set<LogPump> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            all.add(pump);
            return all;
        });
        pump.signal(); // after it is registered: an entry that is written meanwhile signals it again
        return pump;
    }

    /** Tells the followers of the job that something of it is on disk that was not before; cheap when there is none. */
    public void written(UUID job) {
        Set<LogPump> watching = pumps.get(job);
        if (watching != null) {
            watching.forEach(LogPump::signal);
        }
    }

    /** Tells all followers that their job may have changed. */
    public void writtenAny() {
        pumps.keySet().forEach(this::written);
    }

    /** Ends all subscriptions, after the entries that are stored by now. */
    @Override
    public void close() {
        pumps.values().forEach(watching -> watching.forEach(LogPump::finish));
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

    private void forget(LogPump pump) {
        pumps.computeIfPresent(pump.job(), (id, watching) -> {
            watching.remove(pump);
            return watching.isEmpty() ? null : watching;
        });
    }
}

package dev.pawl.scheduler.feed;

import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.store.JobStore;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Delivers logs to their followers. */
public final class LogFeed implements AutoCloseable {

    /** Characters of the pages that are kept for all followers together, with what belongs to an entry: 2 to 4 MiB. */
    private static final long MOST_KEPT = 2L << 20;

    /** Reads at once of more entries than are harmless when each of them has the greatest length. */
    private static final int LONG_READS = 2;

    private final JobStore store;
    private final Timers timers;
    private final FeedThreads threads = new FeedThreads();
    private final LogPages pages = new LogPages(MOST_KEPT);
    private final Semaphore longReads = new Semaphore(LONG_READS);
    private final ConcurrentHashMap<UUID, FollowedLog> logs = new ConcurrentHashMap<>();
    private final Object followers = new Object();

    /** Reads the logs from the store. */
    public LogFeed(JobStore store, Timers timers) {
        this.store = store;
        this.timers = timers;
    }

    /** Delivers the entries that are stored after the sequence number, then those that come. */
    public Subscription subscribe(UUID job, long after, LogSubscriber subscriber) {
        LogPump pump;
        synchronized (followers) {
            FollowedLog log = logs.computeIfAbsent(job, id -> new FollowedLog(id, store, pages, longReads, threads));
            pump = new LogPump(log, after, subscriber, threads, timers, this::forget);
            log.add(pump);
        }
        pump.signal(); // after it is registered: an entry that is written meanwhile signals it again
        return pump;
    }

    /** Tells the followers of the job that something of it is on disk that was not before; cheap however many there are. */
    public void written(UUID job) {
        FollowedLog log = logs.get(job);
        if (log != null) {
            log.changed();
        }
    }

    /** Tells all followers that their job may have changed. */
    public void writtenAny() {
        logs.values().forEach(FollowedLog::changed);
    }

    /** Ends all subscriptions, after the entries that are stored by now. */
    @Override
    public void close() {
        logs.values().forEach(FollowedLog::finish);
        threads.close();
    }

    private void forget(FollowedLog log, LogPump pump) {
        synchronized (followers) {
            if (log.isLeftBy(pump) && logs.remove(log.job(), log)) {
                pages.drop(log.job());
            }
        }
    }
}

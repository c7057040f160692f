package dev.pawl.scheduler.feed;

import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription. Each signal makes it go on from the last entry that it delivered, so that no entry is left out or delivered twice. It
 * takes a thread only while there are entries that its subscriber takes, never two, and lets others have it after each page.
 */
final class LogPump implements Subscription, LogFollower, Runnable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(LogPump.class);

    private final FollowedLog log;
    private final LogSubscriber subscriber;
    private final FeedThreads threads;
    private final Timers timers;
    private final BiConsumer<FollowedLog, LogPump> forget;
    private final AtomicInteger signals = new AtomicInteger();
    private long after;
    private volatile boolean closed;
    private volatile boolean finishing;

    LogPump(
            FollowedLog log,
            long after,
            LogSubscriber subscriber,
            FeedThreads threads,
            Timers timers,
            BiConsumer<FollowedLog, LogPump> forget) {
        this.log = log;
        this.after = after;
        this.subscriber = subscriber;
        this.threads = threads;
        this.timers = timers;
        this.forget = forget;
    }

    @Override
    public void signal() {
        if (!closed && signals.getAndIncrement() == 0) {
            try {
                threads.execute(this);
            } catch (RejectedExecutionException e) {
                close(); // the scheduler has gone
            }
        }
    }

    @Override
    public void finish() {
        finishing = true;
        signal();
    }

    @Override
    public void resume() {
        signal();
    }

    @Override
    public void close() {
        closed = true;
        forget.accept(log, this);
    }

    @Override
    public void run() {
        int seen;
        do {
            seen = signals.get();
            if (!closed) {
                deliver();
            }
        } while (signals.addAndGet(-seen) > 0 && !threads.queuedBehindOthers(this));
    }

    private void deliver() {
        try {
            boolean last = finishing || log.hasEnded(); // asked before reading
            if (!subscriber.isReady() || !takes(log.after(after))) {
                return; // it resumes by itself
            }
            if (!log.endsAt(after)) {
                signals.incrementAndGet(); // the next page has its turn
            } else if (last) {
                close();
                subscriber.ended();
            }
        } catch (ProblemException e) {
            var unused = timers.after(RETRY_AFTER, this::signal);
        } catch (RuntimeException e) {
            LOG.debug("A subscriber of job {} failed and gets no more entries.", log.job(), e);
            close();
        } catch (Error e) { // such as a class that is not there: the thread serves others too
            LOG.error(
                    "The log of job {} cannot be delivered to a subscriber, which gets no more entries.", log.job(), e);
            close();
        }
    }

    /** Delivers the entries; returns whether the subscriber took all of them. */
    private boolean takes(List<LogEntry> page) {
        boolean all = true;
        for (LogEntry entry : page) {
            all = !closed && subscriber.isReady();
            if (!all) {
                break;
            }
            subscriber.next(entry);
            after = entry.sequence();
        }
        subscriber.flush(); // without entries too: it may have made ready for some
        return all;
    }
}

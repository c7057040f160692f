package dev.pawl.scheduler.feed;

import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription. Each signal makes it read on from the last entry that it delivered, so that no entry is left out or delivered twice,
 * and no more than a page is in memory. It takes a thread only while there are entries that its subscriber takes, and never two.
 */
final class LogPump implements Subscription, Runnable {

    /**
     * Entries of a page: so few that the longest lines fit an answer of the store, so that a shorter page is the last. Entries that a
     * slow subscriber leaves are read again.
     */
    private static final int PAGE = 25;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(LogPump.class);

    private final UUID job;
    private final LogSubscriber subscriber;
    private final JobStore store;
    private final Executor threads;
    private final Timers timers;
    private final Consumer<LogPump> forget;
    private final AtomicInteger signals = new AtomicInteger();
    private long after;
    private volatile boolean closed;
    private volatile boolean finishing;

    LogPump(
            UUID job,
            long after,
            LogSubscriber subscriber,
            JobStore store,
            Executor threads,
            Timers timers,
            Consumer<LogPump> forget) {
        this.job = job;
        this.after = after;
        this.subscriber = subscriber;
        this.store = store;
        this.threads = threads;
        this.timers = timers;
        this.forget = forget;
    }

    UUID job() {
        return job;
    }

    /** Looks for new entries. */
    void signal() {
        if (!closed && signals.getAndIncrement() == 0) {
            try {
                threads.execute(this);
            } catch (RejectedExecutionException e) {
                close(); // the scheduler has gone
            }
        }
    }

    /** Delivers the entries that there are, and no more after that. */
    void finish() {
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
        forget.accept(this);
    }

    @Override
    public void run() {
        int seen;
        do {
            seen = signals.get();
            if (!closed) {
                deliver();
            }
        } while (signals.addAndGet(-seen) > 0);
    }

    private void deliver() {
        try {
            boolean last = finishing || hasEnded(); // asked before reading: the log of an ended job grows no more
            List<LogEntry> page;
            do {
                if (!subscriber.isReady()) {
                    return;
                }
                page = store.logsAfter(job, after, PAGE);
                for (LogEntry entry : page) {
                    if (closed || !subscriber.isReady()) {
                        return; // it resumes by itself
                    }
                    subscriber.next(entry);
                    after = entry.sequence();
                }
            } while (page.size() == PAGE);
            if (last) {
                close();
                subscriber.ended();
            }
        } catch (ProblemException e) {
            var unused = timers.after(RETRY_AFTER, this::signal);
        } catch (RuntimeException e) {
            LOG.debug("A subscriber of job {} failed and gets no more entries.", job, e);
            close();
        } catch (Error e) { // such as a class that is not there: the thread serves others too
            LOG.error("The log of job {} cannot be delivered to a subscriber, which gets no more entries.", job, e);
            close();
        }
    }

    private boolean hasEnded() {
        return store.find(job).map(found -> found.state().status().isFinal()).orElse(true);
    }
}

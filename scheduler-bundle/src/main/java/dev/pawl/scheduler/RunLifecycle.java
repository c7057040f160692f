package dev.pawl.scheduler;

import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.scheduler.dispatch.RunDrain;
import dev.pawl.scheduler.feed.LogFeed;
import java.util.concurrent.atomic.AtomicBoolean;

/** Start and end of everything that runs jobs. */
final class RunLifecycle implements AutoCloseable {

    private final Upkeep upkeep;
    private final Dispatcher dispatcher;
    private final RunDrain drain;
    private final LogFeed feed;
    private final SchedulerThreads threads;
    private final AtomicBoolean closed = new AtomicBoolean();

    RunLifecycle(Upkeep upkeep, Dispatcher dispatcher, RunDrain drain, LogFeed feed, SchedulerThreads threads) {
        this.upkeep = upkeep;
        this.dispatcher = dispatcher;
        this.drain = drain;
        this.feed = feed;
        this.threads = threads;
    }

    /** Puts back what an earlier process left running, and begins to start jobs. */
    void start() {
        recover();
        dispatcher.start();
    }

    /** Puts back what an earlier process left running; from here on, a job may start with the change that lets it. */
    void recover() {
        upkeep.begin();
        dispatcher.attach();
    }

    /** Takes no more jobs and parks what runs; returns within the ladder's time. Harmless a second time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        dispatcher.close();
        drain.all();
        feed.close();
        threads.close();
    }
}

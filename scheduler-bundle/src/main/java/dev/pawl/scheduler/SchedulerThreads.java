package dev.pawl.scheduler;

import dev.pawl.scheduler.run.ModuleThreads;
import dev.pawl.scheduler.run.RunThreads;
import dev.pawl.scheduler.thread.LeakedThreads;
import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.scheduler.time.ThreadTimers;
import dev.pawl.scheduler.time.Timers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads of the scheduler, but for the dispatcher's and those that follow logs, and all of its timers.
 *
 * @param background for work that no thread waits for
 * @param monotonic counts elapsed time
 */
record SchedulerThreads(
        Timers timers,
        RunThreads threads,
        LeakedThreads leakedThreads,
        ExecutorService background,
        MonotonicClock monotonic) {

    /** The machine's own. */
    static SchedulerThreads ofThisMachine(int slots) {
        return ofThisMachine(slots, MonotonicClock.ofThisMachine());
    }

    /** The machine's own, but for the elapsed time. */
    static SchedulerThreads ofThisMachine(int slots, MonotonicClock monotonic) {
        ModuleThreads threads = new ModuleThreads(slots);
        return new SchedulerThreads(
                new ThreadTimers(),
                threads,
                threads.leakedThreads(),
                Executors.newCachedThreadPool(work -> {
                    Thread thread = new Thread(null, work, "pawl-background", 0, false);
                    thread.setDaemon(true);
                    return thread;
                }),
                monotonic);
    }

    /** Ends all of them, once nothing runs any more. */
    void close() {
        timers.close();
        threads.close();
        background.shutdown();
    }
}

package dev.pawl.scheduler;

import dev.pawl.scheduler.run.ModuleThreads;
import dev.pawl.scheduler.run.MonotonicClock;
import dev.pawl.scheduler.run.RunThreads;
import dev.pawl.scheduler.run.RunTimers;
import dev.pawl.scheduler.run.StrayThreads;
import dev.pawl.scheduler.run.ThreadTimers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What makes the scheduler go on: all of its threads but the dispatcher's, and all of its timers.
 *
 * @param background for work that nobody waits for
 * @param monotonic by which elapsed time is counted
 */
record Machinery(
        RunTimers timers,
        RunThreads threads,
        StrayThreads strays,
        ExecutorService background,
        MonotonicClock monotonic) {

    /** The machine's own. */
    static Machinery ofThisMachine(int slots) {
        return ofThisMachine(slots, MonotonicClock.ofThisMachine());
    }

    /** The machine's own, but for the time that is elapsed. */
    static Machinery ofThisMachine(int slots, MonotonicClock monotonic) {
        ModuleThreads threads = new ModuleThreads(slots);
        return new Machinery(
                new ThreadTimers(),
                threads,
                threads.strays(),
                Executors.newCachedThreadPool(work -> {
                    Thread thread = new Thread(null, work, "pawl-background", 0, false);
                    thread.setDaemon(true);
                    return thread;
                }),
                monotonic);
    }
}

package dev.pawl.http.server;

import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Makes Jetty's thread pools. */
final class ThreadPools {

    /** The time after which surplus idle threads end. */
    private static final int IDLE_MS = 10_000;

    private ThreadPools() {}

    /**
     * A pool that has not started.
     *
     * @param name the beginning of the names of its threads
     * @param least the threads that stay when there is nothing to do
     * @param stopMs how long its threads may work on when it stops
     */
    static QueuedThreadPool named(String name, int least, int most, long stopMs) {
        // Jetty's own queue asks the platform's MBean server for the size of a cache line, which takes 3 % of a start.
        QueuedThreadPool pool = new QueuedThreadPool(most, least, IDLE_MS, new LinkedBlockingQueue<>());
        pool.setName(name);
        pool.setStopTimeout(stopMs);
        pool.setMaxEvictCount(most); // by default only one thread ends in that time
        return pool;
    }
}

package dev.pawl.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;

/** No-op jobs at a fixed rate, submitted by one thread over one connection until stopped; late ones are sent as soon as possible. */
final class SteadyLoad {

    private final Thread thread;
    private volatile boolean isStopped;

    private SteadyLoad(URI url, double jobsPerSecond) {
        thread = new Thread(() -> send(url, jobsPerSecond), "steady-load");
        thread.setDaemon(true);
    }

    static SteadyLoad begin(URI url, double jobsPerSecond) {
        SteadyLoad load = new SteadyLoad(url, jobsPerSecond);
        load.thread.start();
        return load;
    }

    private void send(URI url, double jobsPerSecond) {
        long began = System.nanoTime();
        try (Poster poster = new Poster(url, "/jobs", "{\"module_id\":\"noop\",\"inputs\":{}}")) {
            for (long n = 0; !isStopped; n++) {
                long due = began + (long) (n * 1e9 / jobsPerSecond);
                LockSupport.parkNanos(due - System.nanoTime());
                poster.post();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The load beside the measured jobs ended early", e);
        }
    }

    /** Ends it and waits for its last job to be taken. */
    void stop() throws InterruptedException {
        isStopped = true;
        thread.join();
    }
}

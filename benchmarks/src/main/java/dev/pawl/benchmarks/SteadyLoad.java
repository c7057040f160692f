package dev.pawl.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;

/** No-op jobs at a fixed rate, submitted by one thread over one connection until closed; late ones are sent as soon as possible. */
final class SteadyLoad implements AutoCloseable {

    private final Thread thread;
    private volatile boolean isClosed;

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
            for (long n = 0; !isClosed; n++) {
                long due = began + (long) (n * 1e9 / jobsPerSecond);
                LockSupport.parkNanos(due - System.nanoTime());
                poster.post();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The load beside the measured jobs ended early", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join();
    }
}

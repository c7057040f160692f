package dev.pawl.samples.browser;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread that does one thing now and then, until it is closed. */
final class Ticker implements AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;
    private final Future<?> schedule;

    Ticker(String name, Duration every, Runnable action) {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        schedule = executor.scheduleWithFixedDelay(action, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        schedule.cancel(true);
        executor.shutdownNow();
    }
}

package dev.pawl.testkit;

import dev.pawl.scheduler.time.Timers;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Timers for which no time passes: writes are made at once, and nothing becomes overdue. */
final class HarnessTimers implements Timers {

    @Override
    public @Nullable ScheduledFuture<?> after(Duration delay, Runnable work) {
        return null;
    }

    @Override
    public void every(Duration period, Runnable work) {} // no time passes

    @Override
    public void flushSoon(Runnable flush) {
        flush.run();
    }

    @Override
    public void close() {} // it holds nothing
}

package dev.pawl.testkit;

import dev.pawl.scheduler.time.Timers;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Timers in which no time passes: writes are made at once, and nothing is overdue. */
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

package dev.pawl.scheduler.time;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Calls back after a time that no setting of the clock changes. Work must be short. Safe for many threads. */
public interface Timers extends AutoCloseable {

    /** Calls once; null when the runtime is ending. */
    @Nullable
    ScheduledFuture<?> after(Duration delay, Runnable work);

    /** Calls again and again. */
    void every(Duration period, Runnable work);

    /** Calls once, a moment from now: for that time a line or result waits for others before it is written. */
    void flushSoon(Runnable flush);

    @Override
    void close();
}

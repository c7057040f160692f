package dev.pawl.samples.http;

import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Spaces requests evenly, so that no second or minute has more of them than asked for. For one task's thread. */
final class RateLimit {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SECONDS_PER_MINUTE = 60;

    private final long spaceNanos;
    private long lastNanos;
    private boolean began;

    RateLimit(@Nullable Double perSecond, @Nullable Double perMinute) {
        double second = perSecond == null ? 0 : NANOS_PER_SECOND / perSecond;
        double minute = perMinute == null ? 0 : NANOS_PER_SECOND * SECONDS_PER_MINUTE / perMinute;
        spaceNanos = (long) Math.max(second, minute);
    }

    /** Waits until the next request may begin. */
    void await(TaskContext task) throws InterruptedException {
        long left = began ? lastNanos + spaceNanos - System.nanoTime() : 0;
        if (left > 0) {
            Waits.pause(Duration.ofNanos(left), task);
        }
        began = true;
        lastNanos = System.nanoTime();
    }
}

package dev.pawl.scheduler.run;

import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.job.Job;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Asks a run to end when its job has run for as long as it may, all its runs together. */
final class DurationLimit {

    private final @Nullable ScheduledFuture<?> timer;

    private DurationLimit(@Nullable ScheduledFuture<?> timer) {
        this.timer = timer;
    }

    /** Begins to count the time that earlier runs have left; there may be no limit. */
    static DurationLimit of(Job job, Timers timers, Runnable reached) {
        Duration limit = job.request().maxDuration().orElse(null);
        if (limit == null) {
            return new DurationLimit(null);
        }
        Duration left = limit.minus(job.state().elapsed());
        return new DurationLimit(timers.after(left.isNegative() ? Duration.ZERO : left, reached));
    }

    /** Counts no more. */
    void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}

package dev.pawl.scheduler.run;

import dev.pawl.service.job.RetryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delay before the next attempt: doubled each time, capped, and with jitter, so that many jobs do not come at once. */
public final class RetryDelay {

    private static final double SPREAD = 0.2;

    private RetryDelay() {}

    /** The delay: between 80 % and 120 % of {@code backoff * 2^(attempt - 1)}, at most {@code maxBackoff}. */
    public static Duration after(int attempt, RetryPolicy policy, RandomGenerator random) {
        double doubled = policy.backoff().toNanos() * Math.pow(2, attempt - 1.0);
        double spread = doubled * (1 - SPREAD + 2 * SPREAD * random.nextDouble());
        return Duration.ofNanos(
                (long) Math.min(spread, (double) policy.maxBackoff().toNanos()));
    }
}

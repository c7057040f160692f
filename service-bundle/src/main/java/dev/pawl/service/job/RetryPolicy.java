package dev.pawl.service.job;

import java.time.Duration;

/**
 * The policy for retries of a failed job: how many, and after which pause. The pause is {@code backoff}, doubled after each attempt, with a
 * jitter of ±20 %. A failure of validation or cleanup is final: validation would fail again, and before cleanup the work is done already.
 *
 * @param maxAttempts the number of attempts including the first, 1 to 100; 1 means no retry
 * @param backoff the first pause, 0 to 7 days
 * @param maxBackoff the longest pause, {@code backoff} to 30 days
 */
public record RetryPolicy(int maxAttempts, Duration backoff, Duration maxBackoff) {

    /** The policy without retries. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException("retry.max_attempts is " + maxAttempts + "; it takes 1 to 100.");
        }
        if (backoff.isNegative() || backoff.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "retry.backoff is " + backoff.toSeconds() + " seconds; it takes 0 to 7 days.");
        }
        if (maxBackoff.compareTo(backoff) < 0 || maxBackoff.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "retry.max_backoff is " + maxBackoff.toSeconds() + " seconds; it takes retry.backoff to 30 days.");
        }
    }
}

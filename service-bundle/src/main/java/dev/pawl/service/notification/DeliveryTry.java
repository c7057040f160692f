package dev.pawl.service.notification;

import dev.pawl.service.data.TextLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try of a delivery.
 *
 * @param at the time at which it began
 * @param took its duration
 * @param status the status code of the answer; null when none came
 * @param error the cause of its failure, for people; null when it succeeded
 * @param answer the beginning of the answer's content, when it failed; null without any
 */
public record DeliveryTry(
        Instant at,
        Duration took,
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String answer) {

    /** The greatest number of characters that are kept of an answer. */
    public static final int MOST_OF_ANSWER = 200;

    /** Cuts the texts to what is kept. */
    public DeliveryTry {
        error = error == null ? null : TextLimit.MESSAGE.kept(error);
        answer = answer == null || answer.length() <= MOST_OF_ANSWER ? answer : answer.substring(0, MOST_OF_ANSWER);
    }
}

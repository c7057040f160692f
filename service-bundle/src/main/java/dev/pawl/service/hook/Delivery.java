package dev.pawl.service.hook;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hook in its history.
 *
 * @param n its number; greater for later ones
 * @param at when it came
 * @param deliveryId the id that its sender gave it; null when there is none, or it is not known to be the sender's
 * @param outcome the outcome
 * @param job the job that was added, or that was there before; null when there is none
 * @param detail why there is no job; often empty; cut to {@link TextLimit#REASON}
 */
public record Delivery(
        long n,
        Instant at,
        @Nullable String deliveryId,
        DeliveryOutcome outcome,
        @Nullable UUID job,
        String detail) {

    public Delivery {
        detail = TextLimit.REASON.kept(detail);
    }

    /** A call that is not kept yet. */
    public static Delivery of(
            Instant at, @Nullable String deliveryId, DeliveryOutcome outcome, @Nullable UUID job, String detail) {
        return new Delivery(0, at, deliveryId, outcome, job, detail);
    }
}

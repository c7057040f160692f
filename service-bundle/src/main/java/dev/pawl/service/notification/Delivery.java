package dev.pawl.service.notification;

import dev.pawl.service.job.CallbackEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one event of a job to its callback's address.
 *
 * @param job the job
 * @param event the event
 * @param state where it stands
 * @param addedAt the time of the event
 * @param nextAt the time of the next try; null when there is none
 * @param tries the latest tries, in order
 */
public record Delivery(
        UUID job,
        CallbackEvent event,
        DeliveryState state,
        Instant addedAt,
        @Nullable Instant nextAt,
        List<DeliveryTry> tries) {

    public Delivery {
        tries = List.copyOf(tries);
    }

    /** Its id: all tries have the same one, by which a receiver tells doubles. */
    public String id() {
        return id(job, event);
    }

    /** The id of a job's event. */
    public static String id(UUID job, CallbackEvent event) {
        return job + "." + event.wireName();
    }
}

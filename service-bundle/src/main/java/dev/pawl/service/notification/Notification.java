package dev.pawl.service.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of a rule: all of one outcome that came up while it waited.
 *
 * @param n its number; greater for later ones
 * @param id its id: all tries have the same one, by which a receiver tells doubles
 * @param event the outcome that it tells of
 * @param state where it stands
 * @param closedAt the time from which nothing is added to it, when its first try began; null before that
 * @param nextAt the time of the next try; null when there is none
 * @param count of how many jobs or due times it tells
 * @param firstAt the time of the first of them
 * @param lastAt the time of the last of them
 * @param examples some of them, in the order in which they came up
 * @param tries the latest tries, in order
 */
public record Notification(
        long n,
        UUID id,
        NotificationEvent event,
        DeliveryState state,
        @Nullable Instant closedAt,
        @Nullable Instant nextAt,
        long count,
        Instant firstAt,
        Instant lastAt,
        List<Occurrence> examples,
        List<DeliveryTry> tries) {

    /** The greatest number of examples. */
    public static final int MOST_EXAMPLES = 5;

    public Notification {
        examples = List.copyOf(examples);
        tries = List.copyOf(tries);
    }
}

package dev.pawl.notification.delivery;

import dev.pawl.service.notification.DeliveryTry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a try.
 *
 * @param made the try, as it is recorded
 * @param end whether there is another one
 * @param wish the time that the receiver asks for before the next one; null for none
 */
public record Outcome(DeliveryTry made, End end, @Nullable Duration wish) {

    /** The ways in which a try ends. */
    public enum End {
        /** The receiver has the event. */
        DELIVERED,
        /** It may succeed another time. */
        FAILED,
        /** The receiver wants no more. */
        REFUSED
    }

    /** A try that came to nothing before or instead of an answer. */
    public static Outcome failed(Instant at, Duration took, String error) {
        return new Outcome(new DeliveryTry(at, took, null, error, null), End.FAILED, null);
    }
}

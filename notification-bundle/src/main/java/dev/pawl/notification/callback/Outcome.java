package dev.pawl.notification.callback;

import dev.pawl.service.notification.DeliveryTry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a try.
 *
 * @param made the try, as it is recorded
 * @param end whether there is another one
 * @param wish the time that the receiver asks for before the next one; null for none
 */
record Outcome(DeliveryTry made, End end, @Nullable Duration wish) {

    /** The ways in which a try ends. */
    enum End {
        /** The receiver has the event. */
        DELIVERED,
        /** It may succeed another time. */
        FAILED,
        /** The receiver wants no more. */
        REFUSED
    }
}

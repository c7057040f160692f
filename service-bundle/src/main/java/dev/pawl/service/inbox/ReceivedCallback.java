package dev.pawl.service.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback that was received.
 *
 * @param n its number; greater for later ones, and 0 for one that is not kept yet
 * @param id its id
 * @param receivedAt when it came
 * @param callbackId the sender's name for it, which need not be unique; null for none
 * @param source the name of the sender; null for none
 * @param status a word for how the work ended; null for none
 * @param payload what it says, as JSON text of at most {@link CallbackInbox#MOST_BYTES}
 */
public record ReceivedCallback(
        long n,
        UUID id,
        Instant receivedAt,
        @Nullable String callbackId,
        @Nullable String source,
        @Nullable String status,
        String payload) {

    /** The number of characters of its texts, by which an inbox is bounded. */
    public long characters() {
        return (long) payload.length() + length(callbackId) + length(source) + length(status);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}

package dev.pawl.service.event;

import dev.pawl.service.access.Principal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback that came to the inbox, or that someone removed from there. What it says is not told: it may be large.
 *
 * @param at the time at which it happened
 * @param change the kind of change
 * @param id the id of the callback
 * @param callbackId the sender's name for it; null for none, and for one that was removed
 * @param source the name of the sender; null for none, and for one that was removed
 * @param status a word for how the work ended; null for none, and for one that was removed
 * @param job the job that a hook started for it; null when none did
 */
public record CallbackEvent(
        Instant at,
        Change change,
        UUID id,
        @Nullable String callbackId,
        @Nullable String source,
        @Nullable String status,
        @Nullable UUID job)
        implements Event {

    /** The kinds of changes. */
    public enum Change {
        /** It came, and is on disk. */
        RECEIVED,
        /** Someone removed it. */
        REMOVED;

        /** The word on the wire, such as {@code received}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public EventType type() {
        return EventType.CALLBACK;
    }

    /** The inbox belongs to the server as a whole. */
    @Override
    public boolean isVisibleTo(Principal reader) {
        return !reader.isBounded();
    }
}

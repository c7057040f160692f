package dev.pawl.service.event;

import dev.pawl.service.access.Principal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of the queue, or of the part of it that belongs to one module.
 *
 * @param at the time at which it took effect
 * @param change the kind of change
 * @param module the id of the module whose jobs are paused or go on; null when it is the whole queue
 * @param removed the number of jobs that were removed
 */
public record QueueEvent(
        Instant at, Change change, @Nullable String module, int removed) implements Event {

    /** The kinds of changes. */
    public enum Change {
        /** No job of it starts. */
        PAUSED,
        /** Its jobs start again. */
        RESUMED,
        /** Many waiting jobs were removed at once, of which no events tell one by one. */
        CLEARED;

        /** The word on the wire, such as {@code paused}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public EventType type() {
        return EventType.QUEUE;
    }

    @Override
    public boolean isVisibleTo(Principal reader) {
        String only = module;
        return only == null || reader.bounds().includeModule(only);
    }
}

package dev.pawl.service.event;

import dev.pawl.service.access.Principal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of an installed module.
 *
 * @param at the time at which it took effect
 * @param change the kind of change
 * @param id the module's id
 * @param name its name, for people
 * @param version its version after the change; after a removal, the one before
 * @param formerVersion the version before an update or a rollback; null otherwise
 * @param enabled whether it is enabled after the change
 * @param by the one on whose behalf it was changed
 */
public record ModuleEvent(
        Instant at,
        Change change,
        String id,
        String name,
        String version,
        @Nullable String formerVersion,
        boolean enabled,
        String by)
        implements Event {

    /** The kinds of changes. */
    public enum Change {
        /** A change has begun that takes the running jobs off the module first. */
        DRAINING,
        /** It is installed. */
        INSTALLED,
        /** It has another version. */
        UPDATED,
        /** It has an earlier version again. */
        ROLLED_BACK,
        /** It takes jobs. */
        ENABLED,
        /** It takes no jobs. */
        DISABLED,
        /** It is gone, or goes when the last of its jobs has ended. */
        REMOVED,
        /** A change that had begun has failed, and everything is as before. */
        KEPT,
        /** A version stays on its first server until it is promoted. */
        HELD,
        /** A version that was held goes on to the other servers. */
        PROMOTED,
        /** A server has moved on in the roll-out of a version, or the roll-out is over. */
        ROLL_OUT;

        /** The word on the wire, such as {@code rolled_back}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public EventType type() {
        return EventType.MODULE;
    }

    @Override
    public boolean isVisibleTo(Principal reader) {
        return reader.bounds().includeModule(id);
    }
}

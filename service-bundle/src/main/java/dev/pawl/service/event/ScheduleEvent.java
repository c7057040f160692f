package dev.pawl.service.event;

import dev.pawl.service.access.Principal;
import dev.pawl.service.schedule.Fire;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of a schedule, or a due time that has got its job or its reason.
 *
 * @param at the time at which it happened
 * @param change the kind of change
 * @param name the schedule's name
 * @param modules the ids of the modules of its jobs
 * @param paused whether it is paused
 * @param nextAt its next due time; null when there is none
 * @param fire the due time, of a {@link Change#FIRED} or {@link Change#SKIPPED}; null otherwise
 */
public record ScheduleEvent(
        Instant at,
        Change change,
        String name,
        List<String> modules,
        boolean paused,
        @Nullable Instant nextAt,
        @Nullable Fire fire)
        implements Event {

    /** The kinds of changes. */
    public enum Change {
        /** It was made. */
        ADDED,
        /** It was replaced by another of its name. */
        CHANGED,
        PAUSED,
        RESUMED,
        REMOVED,
        /** A due time has got its job. */
        FIRED,
        /** A due time has got a reason why it has no job. */
        SKIPPED;

        /** The word on the wire, such as {@code fired}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ScheduleEvent {
        modules = List.copyOf(modules);
    }

    @Override
    public EventType type() {
        return EventType.SCHEDULE;
    }

    /** A schedule starts its jobs itself, so that someone bound to own jobs sees none. */
    @Override
    public boolean isVisibleTo(Principal reader) {
        return !reader.bounds().ownJobs() && modules.stream().allMatch(reader.bounds()::includeModule);
    }
}

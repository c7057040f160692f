package dev.pawl.service.schedule;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The difference between a schedule and its declaration.
 *
 * @param name the schedule's name
 * @param kind what is done about it
 * @param differences the fields that change; empty unless the schedule is changed
 * @param sentence the schedule's timing as a sentence; for one that is left or removed, as it is
 */
public record ScheduleChange(String name, Kind kind, List<Difference> differences, String sentence) {

    public ScheduleChange {
        differences = List.copyOf(differences);
    }

    /** The kinds of changes. */
    public enum Kind {
        MADE,
        CHANGED,
        UNCHANGED,
        /** It belongs to the set, and is no longer declared. */
        REMOVED,
        /** It is declared, but was made by hand, by another set or by a module, and stays as it is. */
        LEFT;

        /** The lower-case name used in answers. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A field that changes.
     *
     * @param field its name on the wire, such as {@code cron}
     * @param from the value before; null for none, and for the job
     * @param to the declared value; null for none, and for the job
     */
    public record Difference(
            String field, @Nullable String from, @Nullable String to) {}
}

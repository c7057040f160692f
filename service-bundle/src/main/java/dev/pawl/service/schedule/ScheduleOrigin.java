package dev.pawl.service.schedule;

import java.util.Locale;

/**
 * The declaration that a schedule comes from.
 *
 * @param kind its kind
 * @param name the name of the set that a file declares, of the form {@link ScheduleRequest#NAME}, or the id of the module
 * @param isChanged whether someone has changed the schedule since; a pause is no change
 */
public record ScheduleOrigin(Kind kind, String name, boolean isChanged) {

    /** The kinds of declarations. */
    public enum Kind {
        /** A file with a set of schedules; the schedules of the set are as it says. */
        FILE,
        /** An annotation on a module; its schedules are off until someone resumes them. */
        MODULE;

        /** The kind with a wire name. */
        public static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }

        /** The lower-case name used in answers. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The origin of a schedule that is as it was declared. */
    public static ScheduleOrigin of(Kind kind, String name) {
        return new ScheduleOrigin(kind, name, false);
    }

    /** Whether a schedule of this origin belongs to a declaration. */
    public boolean isOf(Kind otherKind, String otherName) {
        return kind == otherKind && name.equals(otherName);
    }

    /** The same origin of a schedule that someone has changed. */
    public ScheduleOrigin changed() {
        return new ScheduleOrigin(kind, name, true);
    }
}

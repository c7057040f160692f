package dev.pawl.service.schedule;

import java.util.Locale;

/** The outcome of a due time. */
public enum FireOutcome {
    /** A job was added. */
    STARTED,
    /** An earlier job had not ended, and the schedule skips in that case. */
    SKIPPED_OVERLAP,
    /** It was noticed too late, and the schedule skips in that case. */
    SKIPPED_MISSED,
    /** The job was refused. */
    FAILED;

    /** The outcome with a wire name. */
    public static FireOutcome of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The word on the wire, such as {@code skipped_overlap}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

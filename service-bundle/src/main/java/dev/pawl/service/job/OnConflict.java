package dev.pawl.service.job;

import java.util.Locale;

/** The outcome of a request for a job whose unique key another job holds. */
public enum OnConflict {
    /** The answer is the other job; refused when its modules, inputs or settings differ. */
    RETURN,
    /** The request is refused. */
    REJECT,
    /** The other job is stopped, and the new one takes its place. */
    REPLACE;

    /** The rule with a wire name. */
    public static OnConflict of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The lower-case name used in requests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

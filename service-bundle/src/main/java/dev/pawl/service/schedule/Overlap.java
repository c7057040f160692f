package dev.pawl.service.schedule;

import java.util.Locale;

/** The rule for a due time at which an earlier job of the schedule has not ended, be it running or waiting. */
public enum Overlap {
    /** No job is started; the history says why. */
    SKIP,
    /** A job is added that waits until the earlier ones have ended, so that they run one after another. */
    QUEUE,
    /** A job is started beside the earlier ones. */
    ALLOW,
    /** The earlier ones are stopped, and then a job is started. */
    REPLACE;

    /** The rule with a wire name. */
    public static Overlap of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The lower-case name used in requests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.pawl.service.schedule;

import java.util.Locale;

/** The rule for due times that passed unnoticed, as while the server was down. */
public enum Missed {
    /** One job makes up for all of them. */
    ONCE,
    /** No job makes up for them. */
    SKIP,
    /** Each gets its job, the latest {@value #MOST} of them at most. */
    ALL;

    /** The greatest number of missed due times that get a job each. */
    public static final int MOST = 1_000;

    /** The rule with a wire name. */
    public static Missed of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The lower-case name used in requests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

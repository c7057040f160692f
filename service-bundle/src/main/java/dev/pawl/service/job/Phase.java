package dev.pawl.service.job;

import java.util.Locale;

/** The phases of a task, any of which can fail. */
public enum Phase {
    /** Before the first task: the job waited for another one, which has not completed. */
    WAIT,
    INITIALIZE,
    VALIDATE,
    RUN,
    CLEANUP;

    /** The word on the wire, such as {@code validate}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

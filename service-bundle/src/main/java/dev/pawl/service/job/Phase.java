package dev.pawl.service.job;

import java.util.Locale;

/** The part of a task's life in which something failed. */
public enum Phase {
    INITIALIZE,
    VALIDATE,
    RUN,
    CLEANUP;

    /** The word on the wire, such as {@code validate}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

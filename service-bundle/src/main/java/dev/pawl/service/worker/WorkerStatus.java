package dev.pawl.service.worker;

import java.util.Locale;

/** The status of a worker. */
public enum WorkerStatus {
    STARTUP,
    IDLE,
    IN_PROGRESS;

    /** The word on the wire, such as {@code in_progress}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

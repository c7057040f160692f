package dev.pawl.service.worker;

import java.util.Locale;

/** Whether a worker holds the job that its heartbeat names. */
public enum JobHold {
    /** The heartbeat names no job. */
    NONE,
    /** The job is this worker's. */
    HELD,
    /** The job waits, or another worker has it. */
    LOST,
    /** The job has ended: it was stopped, or its end was reported. */
    ENDED,
    /** There is no such job. */
    UNKNOWN;

    /** The word on the wire, such as {@code ended}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

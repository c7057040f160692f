package dev.pawl.service.event;

import java.util.Locale;

/** The types of events, by which a reader chooses. */
public enum EventType {
    JOB,
    MODULE,
    WORKER,
    SCHEDULE,
    QUEUE,
    CALLBACK;

    /** The word on the wire, such as {@code job}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

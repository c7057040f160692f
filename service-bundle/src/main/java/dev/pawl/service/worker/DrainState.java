package dev.pawl.service.worker;

import java.util.Locale;

/** The state of a server that was asked to take no jobs and to hand over those that it runs. */
public enum DrainState {
    /** It has not heard of it yet, or still runs jobs. */
    DRAINING,
    /** It takes no jobs, and runs none. */
    DRAINED;

    /** The word on the wire, such as {@code drained}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

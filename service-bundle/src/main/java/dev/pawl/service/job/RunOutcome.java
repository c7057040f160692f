package dev.pawl.service.job;

import java.util.Locale;

/** The outcomes of a run. */
public enum RunOutcome {
    /** It has not ended yet. */
    RUNNING,
    /** It finished the remaining tasks of its job. */
    COMPLETED,
    /** It failed, and so did its job. */
    FAILED,
    /** Its job was stopped, or reached its duration limit. */
    STOPPED,
    /** It failed; its job waits for the next attempt. */
    RETRY,
    /** It was parked because the server stopped. */
    INTERRUPTED,
    /** It was parked because its module was disabled or removed. */
    MODULE_GONE,
    /** It was parked because its module was being updated. */
    MODULE_UPDATE,
    /** The server's process ended before it was parked. */
    CRASHED,
    /** The external worker that held its job sent no heartbeat until the lease ended. */
    LEASE_LOST;

    /** The word on the wire, such as {@code module_update}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.pawl.service.job;

import java.util.Locale;

/** How a run ended, or that it goes on. */
public enum RunOutcome {
    /** It goes on. */
    RUNNING,
    /** It did all that was left of its job. */
    COMPLETED,
    /** It failed, and its job with it. */
    FAILED,
    /** Its job was stopped, or reached its duration limit. */
    STOPPED,
    /** It failed; its job waits for the next attempt. */
    RETRY,
    /** It was parked because the server stopped. */
    INTERRUPTED,
    /** It was parked because its module went away. */
    MODULE_GONE,
    /** It was parked because its module was being updated. */
    MODULE_UPDATE,
    /** The server's process ended without parking it. */
    CRASHED,
    /** The external worker that held its job was not heard of until the lease was over. */
    LEASE_LOST;

    /** The word on the wire, such as {@code module_update}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.pawl.service.job;

/** Why a run was put back to wait. */
public enum ParkReason {
    /** The server ended, and the job with it. */
    INTERRUPTED,
    /** A failed attempt is to be followed by another. */
    RETRY,
    /** Its module went away. */
    MODULE_GONE,
    /** Its module is being updated. */
    MODULE_UPDATE
}

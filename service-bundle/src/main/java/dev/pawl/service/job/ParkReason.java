package dev.pawl.service.job;

/** The reasons for which a run is parked. */
public enum ParkReason {
    /** The server stopped or crashed. */
    INTERRUPTED,
    /** An attempt failed and another one follows. */
    RETRY,
    /** Its module was disabled or removed. */
    MODULE_GONE,
    /** Its module is being updated. */
    MODULE_UPDATE
}

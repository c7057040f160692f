package dev.pawl.store.postgres.job;

/** The tables of which one holds the row that says where a job stands. */
enum Place {
    /** It waits, and may start. */
    READY,
    /** It waits for a time, or for other jobs. */
    LATER,
    /** It runs. */
    RUNS,
    /** It is completed, failed or stopped. */
    ENDED,
    /** It was removed. */
    NONE
}

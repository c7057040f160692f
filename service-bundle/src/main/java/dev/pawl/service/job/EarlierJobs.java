package dev.pawl.service.job;

/** The rule for a due time of a schedule while earlier jobs of it wait or run. */
public enum EarlierJobs {
    /** No job is added. */
    YIELD_TO,
    /** The job is added, and waits until they have ended. */
    WAIT_FOR,
    /** The job is added, unless one of them has not begun to run yet. */
    RUN_BESIDE,
    /** They are stopped, and then the job is added. */
    STOP
}

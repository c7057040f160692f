package dev.pawl.service.job;

/** The ways to treat running jobs when their module is updated, disabled or removed. */
public enum UpdateMode {
    /** Each job is parked at its next checkpoint, or interrupted after the drain time, and resumes from its checkpoint. */
    MOVE,
    /** Each job runs to its end on the version it began with; the change does not wait for it. */
    FINISH,
    /** Each job is interrupted at once and resumes from its last checkpoint. */
    NOW
}

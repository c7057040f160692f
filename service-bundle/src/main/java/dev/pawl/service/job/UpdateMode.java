package dev.pawl.service.job;

/** What becomes of running jobs when their module is updated, disabled or removed. */
public enum UpdateMode {
    /** Each pauses at its next checkpoint, or is interrupted after the drain time, and goes on from its checkpoint. */
    MOVE,
    /** Each ends where it runs, on the version it began with; nobody waits for it. */
    FINISH,
    /** Each is interrupted at once and goes on from its last checkpoint. */
    NOW
}

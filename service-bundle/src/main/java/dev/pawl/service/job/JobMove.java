package dev.pawl.service.job;

import java.util.UUID;

/**
 * What happened to one running job while its module was drained.
 *
 * @param job which
 * @param outcome how it left its run
 */
public record JobMove(UUID job, Outcome outcome) {

    /** How a job left its run. */
    public enum Outcome {
        /** It paused at a checkpoint. */
        PARKED,
        /** It was interrupted and goes on from its last checkpoint. */
        INTERRUPTED,
        /** It came to its end. */
        FINISHED,
        /** It runs on where it is, on the version it began with, which goes when the last such job has ended. */
        RUNNING,
        /** Its thread would not end and was given up; the job goes on from its last checkpoint. */
        ABANDONED
    }
}

package dev.pawl.service.job;

import java.util.UUID;

/**
 * The outcome for one running job while its module was drained.
 *
 * @param job its id
 * @param outcome how it left its run
 */
public record JobMove(UUID job, Outcome outcome) {

    /** The ways in which a job can leave its run. */
    public enum Outcome {
        /** It was parked at a checkpoint. */
        PARKED,
        /** It was interrupted and will resume from its last checkpoint. */
        INTERRUPTED,
        /** It ended. */
        FINISHED,
        /** It keeps running on the version it began with, which is removed when the last such job has ended. */
        RUNNING,
        /** Its thread did not end and was abandoned; the job will resume from its last checkpoint. */
        ABANDONED
    }
}

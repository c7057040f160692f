package dev.pawl.service.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome for one running job while its module was drained.
 *
 * @param job its id
 * @param outcome how it left its run
 * @param server the server on which it runs, in a forecast for several servers; null otherwise
 */
public record JobMove(UUID job, Outcome outcome, @Nullable String server) {

    /** The outcome for a job of this server. */
    public JobMove(UUID job, Outcome outcome) {
        this(job, outcome, null);
    }

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
        ABANDONED,
        /** It waits for the module; in a forecast for several servers. */
        WAITING
    }
}

package dev.pawl.service.store;

import dev.pawl.service.job.Job;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of a job that is on disk.
 *
 * @param id the job's id
 * @param kind the kind of change
 * @param epoch the number of the run that made it, or of the latest one
 * @param job the job as the change has left it; null when the store has not read it
 */
public record JobChange(
        UUID id, Kind kind, long epoch, @Nullable Job job) {

    /** The kinds of changes. */
    public enum Kind {
        /** It was added. */
        ADDED,
        /** It was claimed, and is running. */
        STARTED,
        /** A run has made a write that changes the progress of its task, and nothing else of note. */
        PROGRESS,
        /** Its next task begins. */
        NEXT_TASK,
        /** A run has ended, and the job is pending again. */
        WAITING,
        /** It is completed, failed or stopped. */
        ENDED,
        /** Its due time, its lease or the like is another. */
        CHANGED,
        /** It was removed by itself. The job is as it was before; null when it could not be read. */
        REMOVED
    }

    /** A change that has left the job as it is given. */
    public static JobChange of(Kind kind, Job job) {
        return new JobChange(job.id(), kind, job.state().epoch(), job);
    }

    /** A change after which the job was not read. */
    public static JobChange of(Kind kind, UUID id, long epoch) {
        return new JobChange(id, kind, epoch, null);
    }
}

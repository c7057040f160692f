package dev.pawl.service.store;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change of a job's status, or to its next task, as part of a write. */
public sealed interface RunMove {

    /** The job's status after the move. */
    JobStatus status();

    /** The time of the move. */
    Instant at();

    /**
     * The task is done and the next one begins: results become final; checkpoint, settings and progress are cleared. The job keeps running.
     */
    record NextTask(Instant at) implements RunMove {
        @Override
        public JobStatus status() {
            return JobStatus.RUNNING;
        }
    }

    /** All tasks are done; all results are final. */
    record Completed(Instant at) implements RunMove {
        @Override
        public JobStatus status() {
            return JobStatus.COMPLETED;
        }
    }

    /** The job has finally failed; its results are kept. */
    record Failed(Failure failure, Instant at) implements RunMove {
        @Override
        public JobStatus status() {
            return JobStatus.FAILED;
        }
    }

    /** The job was stopped; its results are kept. */
    record Stopped(Instant at) implements RunMove {
        @Override
        public JobStatus status() {
            return JobStatus.STOPPED;
        }
    }

    /**
     * The job is parked and will resume from its checkpoint; results after that are removed.
     *
     * @param reason the reason for parking it
     * @param dueAt the earliest time of its next start; at once when null
     * @param failure the failure that caused it; for a retry, which counts as an attempt
     */
    record Parked(
            ParkReason reason,
            @Nullable Instant dueAt,
            @Nullable Failure failure,
            Instant at) implements RunMove {

        /** A wait that nothing but its reason made, and that may end at once. */
        public static Parked of(ParkReason reason, Instant at) {
            return new Parked(reason, null, null, at);
        }

        @Override
        public JobStatus status() {
            return JobStatus.PENDING;
        }
    }
}

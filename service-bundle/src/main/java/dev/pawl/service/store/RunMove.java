package dev.pawl.service.store;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a write takes the job. */
public sealed interface RunMove {

    /** The status the job has afterwards. */
    JobStatus status();

    /** When. */
    Instant at();

    /**
     * The task is done and the next one begins: results become final, checkpoint, settings and progress are empty again. The job goes
     * on running.
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

    /** It failed for good; the results so far stay. */
    record Failed(Failure failure, Instant at) implements RunMove {
        @Override
        public JobStatus status() {
            return JobStatus.FAILED;
        }
    }

    /** It was stopped; the results so far stay. */
    record Stopped(Instant at) implements RunMove {
        @Override
        public JobStatus status() {
            return JobStatus.STOPPED;
        }
    }

    /**
     * It waits again and will go on from its checkpoint; results after that are gone.
     *
     * @param reason why
     * @param dueAt when it may start; at once when null
     * @param failure what made it wait; for a retry, whose attempt is counted
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

package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes the jobs that run in this process. Called on threads of the store, which it must not block. */
@ConsumerType
public interface JobConsumer {

    /** The claim that the process would make now; null when it takes no job. Called within transactions, so it must not use the store. */
    @Nullable
    ClaimRequest wanted();

    /** Takes claimed jobs, which are running on disk. */
    void take(List<Job> claimed);

    /**
     * Tells that jobs no longer wait for others.
     *
     * @param failed those that failed, since a job for whose completion they waited has ended otherwise
     * @param isTimed whether one of the others waits for a time from now on
     */
    default void waited(List<UUID> failed, boolean isTimed) {}

    /**
     * Tells that another process was asked to stop a job; does nothing unless it runs here.
     *
     * @param change who asked for it; null when nobody did
     */
    default void stop(UUID job, @Nullable AuditedChange change) {}

    /** Tells that jobs may have become due at other times than this process knows of, since another process has changed them. */
    default void timesChanged() {}

    /**
     * Tells that other processes may take the jobs which run here, since the store did not hear from this one for too long. They are to end,
     * and go on from their checkpoints; what they write is refused once they are taken.
     */
    default void leaseEnded() {}
}

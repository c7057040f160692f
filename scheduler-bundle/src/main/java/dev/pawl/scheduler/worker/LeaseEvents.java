package dev.pawl.scheduler.worker;

import dev.pawl.service.job.Job;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.UUID;

/** Listener to changes that external workers and their leases make. */
public interface LeaseEvents {
    /** A job may have become free to start, or this worker may start jobs again. */
    void queueChanged();

    /** Something of a leased job is on disk that was not before; it may have ended. */
    void leaseWritten(UUID job);

    /** A worker has taken a job. */
    void leased(Job job);

    /** A worker has ended a job, and that is on disk. */
    void leaseEnded(Job job, RunMove move, Duration held);

    /** Jobs went back to the queue because their workers were silent. */
    void leasesLost(int number);
}

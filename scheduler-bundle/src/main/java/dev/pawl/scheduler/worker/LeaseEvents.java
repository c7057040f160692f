package dev.pawl.scheduler.worker;

import java.util.UUID;

/** Listener to changes that external workers and their leases make. */
public interface LeaseEvents {
    /** A job may have become free to start, or this worker may start jobs again. */
    void queueChanged();

    /** Something of a leased job is on disk that was not before; it may have ended. */
    void leaseWritten(UUID job);
}

package dev.pawl.scheduler.worker;

import dev.pawl.service.job.Job;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge of this process about the leases of external workers, beside their rows.
 *
 * @param time for which each worker has had its job
 * @param ends of the leases
 * @param log the lines in the logs of their jobs
 */
record KnownLeases(LeasedTime time, LeaseTimes ends, LeaseLog log) {

    /** Begins a lease. */
    void taken(Job job, @Nullable String worker) {
        time.of(job);
        ends.renew(job);
        log.taken(job, worker);
    }

    /** Forgets all leases but those of the given jobs, and those that began lately. */
    void retain(Set<UUID> leased) {
        time.retain(leased);
        ends.retain(leased);
        log.retain(leased);
    }
}

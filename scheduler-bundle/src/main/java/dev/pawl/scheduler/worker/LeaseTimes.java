package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.job.Job;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends of the leases of external workers: each lasts for the expiry from the last heartbeat of its worker, by the monotonic clock. A
 * lease that this process has not seen before, as after a start, begins when it is seen. Safe for many threads.
 */
final class LeaseTimes {

    private final MonotonicClock monotonic;
    private final Duration expiry;
    private final Map<UUID, Lease> leases = new ConcurrentHashMap<>();

    private record Lease(long epoch, long fromNs) {}

    LeaseTimes(MonotonicClock monotonic, Duration expiry) {
        this.monotonic = monotonic;
        this.expiry = expiry;
    }

    /** Begins a lease, or begins it again. */
    void renew(Job job) {
        leases.put(job.id(), new Lease(job.state().epoch(), monotonic.nanos()));
    }

    /** Whether the worker was silent for too long. */
    boolean isOver(Job job) {
        long now = monotonic.nanos();
        long epoch = job.state().epoch();
        Lease lease = leases.compute(
                job.id(), (id, known) -> known != null && known.epoch() == epoch ? known : new Lease(epoch, now));
        return now - lease.fromNs() >= expiry.toNanos();
    }

    /** Begins all leases again, each when it is seen next: no worker could be heard. */
    void restartAll() {
        leases.clear();
    }

    /** Forgets all leases but those of the given jobs, and those that began lately. */
    void retain(Set<UUID> leased) {
        long now = monotonic.nanos();
        leases.entrySet()
                .removeIf(lease -> !leased.contains(lease.getKey())
                        && now - lease.getValue().fromNs() > expiry.toNanos());
    }
}

package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Gives the jobs of silent external workers back to the queue, and stops those that have run for as long as they may. */
final class LeaseExpiry {

    /** A process that looks every few seconds and did not for so long stood still. */
    private static final Duration STOOD_STILL = OwnWorker.PERIOD.multipliedBy(2);

    private final JobStore store;
    private final InstantSource clock;
    private final MonotonicClock monotonic;
    private final Duration expiry;
    private final HeardWorkers heard;
    private final KnownLeases leases;
    private final LeaseLimit limit;
    private final LeaseEvents events;
    private volatile long lookedNs;
    private volatile long hearsSinceNs; // heartbeats could arrive all the time since
    private volatile int present;

    LeaseExpiry(
            JobStore store,
            InstantSource clock,
            MonotonicClock monotonic,
            Duration expiry,
            HeardWorkers heard,
            KnownLeases leases,
            LeaseEvents events) {
        this.store = store;
        this.clock = clock;
        this.monotonic = monotonic;
        this.expiry = expiry;
        this.heard = heard;
        this.leases = leases;
        this.limit = new LeaseLimit(store, clock, leases.time(), events);
        this.events = events;
        this.lookedNs = monotonic.nanos();
        this.hearsSinceNs = lookedNs;
    }

    /** Looks at all leases. */
    void check() {
        long nowNs = monotonic.nanos();
        boolean stoodStill = nowNs - lookedNs > STOOD_STILL.toNanos(); // no heartbeat could arrive meanwhile
        if (stoodStill) {
            leases.ends().restartAll();
            heard.restartAll();
        }
        lookedNs = nowNs;
        heard.expire();
        long heardSince = stoodStill ? nowNs : hearsSinceNs;
        hearsSinceNs = nowNs; // unless the store can be read, as it must to keep a lease
        List<Job> leased = store.running().stream()
                .filter(job -> job.state().leasedUntil() != null)
                .toList();
        hearsSinceNs = heardSince;
        Set<UUID> ids = leased.stream().map(Job::id).collect(Collectors.toSet());
        leases.retain(ids);
        present = leased.size();
        if (!leased.isEmpty()) {
            Instant now = clock.instant();
            leased.forEach(limit::check);
            if (!store.hasClock()) {
                leased.forEach(job -> correctLease(job, now));
                expire(now);
            } else if (nowNs - heardSince
                    >= expiry.toNanos()) { // otherwise another server judges, or nobody could be heard
                expire(now);
            }
        }
    }

    private void expire(Instant now) {
        store.expireLeases(now).whenComplete((expired, failure) -> {
            if (failure != null) {
                hearsSinceNs = monotonic.nanos();
            } else if (!expired.isEmpty()) {
                events.leasesLost(expired.size());
                events.queueChanged();
            }
        });
    }

    /** The number of leases at the last look. */
    int present() {
        return present;
    }

    /** Makes the lease in the row end when it does by elapsed time, whatever the clock was set to since. */
    private void correctLease(Job job, Instant now) {
        Instant until = Objects.requireNonNull(job.state().leasedUntil());
        boolean over = leases.ends().isOver(job);
        if (over && until.isAfter(now)) {
            var unused = store.moveLease(job.id(), job.state().epoch(), until, Duration.ZERO);
        } else if (!over && (!until.isAfter(now) || until.isAfter(now.plus(expiry)))) {
            var unused = store.moveLease(job.id(), job.state().epoch(), until, expiry);
        }
    }
}

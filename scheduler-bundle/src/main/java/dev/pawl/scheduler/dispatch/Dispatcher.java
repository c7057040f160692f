package dev.pawl.scheduler.dispatch;

import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes claimed jobs from the store and gives them to threads. The store claims by itself with each change that may let a job start; this
 * class asks it to when something else does: a due time, a module, a limit. Owns one thread.
 */
public final class Dispatcher implements JobConsumer, AutoCloseable {

    /** Longest sleep while a job waits for a time, since the clock may be set meanwhile. To look at it reads no store. */
    private static final Duration CLOCK_CHECK = Duration.ofSeconds(1);

    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final String worker;
    private final int slots;
    private final JobStore store;
    private final RunTiming timing;
    private final InstantSource claimClock;
    private final ClaimPolicy policy;
    private final RunStarter starter;
    private final JobEvents events;
    private final DispatchSignal signal;

    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Instant nextDue;
    private boolean storeFailing;

    /**
     * Prepares the thread.
     *
     * @param claimClock the time within transactions of the store
     */
    public Dispatcher(
            String worker,
            int slots,
            JobStore store,
            RunTiming timing,
            InstantSource claimClock,
            ClaimPolicy policy,
            RunStarter starter,
            JobEvents events,
            DispatchSignal signal) {
        this.worker = worker;
        this.slots = slots;
        this.store = store;
        this.timing = timing;
        this.claimClock = claimClock;
        this.policy = policy;
        this.starter = starter;
        this.events = events;
        this.signal = signal;
        thread = new Thread(null, this::loop, "pawl-dispatcher", 0, false);
        thread.setDaemon(true);
        signal.wakes(thread);
    }

    /** Takes what the store claims with each change from now on; before, an earlier process's jobs must be put back. */
    public void attach() {
        store.attach(this);
    }

    /** Begins to look for jobs that start for another reason than a change of jobs. */
    public void start() {
        thread.start();
        wake();
    }

    /** Wakes the dispatcher: something has changed that may let a job start. */
    public void wake() {
        signal.wake();
    }

    /** Returns when every job claimed before this call is among the runs, or the store does not confirm those claims for too long. */
    public void settle() {
        try {
            Confirmation.await(
                    store.settled(), "A claim of jobs", timing.limits().confirm());
        } catch (RuntimeException e) {
            LOG.debug("Claims of before are not confirmed; what they bring begins later.", e);
        }
    }

    /** Adds jobs; those that may start do so with the same write. */
    public CompletionStage<List<Job>> add(List<NewJob> jobs, @Nullable RequestKey key) {
        CompletionStage<List<Job>> added = store.add(jobs, key);
        if (jobs.stream().anyMatch(job -> job.request().notBefore().isPresent())) {
            wake(); // the store keeps the order of calls: a look from now on sees these jobs
        }
        return added;
    }

    @Override
    public @Nullable ClaimRequest wanted() {
        Set<String> ready = closed ? Set.of() : policy.modulesFor(worker);
        return ready.isEmpty()
                ? null
                : new ClaimRequest(worker, slots, slots, ready, policy.limits(), claimClock.instant(), null);
    }

    @Override
    public void take(List<Job> claimed) {
        claimed.forEach(starter::begin);
    }

    @Override
    public void waited(List<UUID> failed, boolean isTimed) {
        if (isTimed) {
            wake();
        }
        failed.forEach(events::failedWaiting);
    }

    @Override
    public void stop(UUID job, @Nullable AuditedChange change) {
        starter.stop(job, change);
    }

    @Override
    public void timesChanged() {
        wake();
    }

    @Override
    public void leaseEnded() {
        starter.leaseEnded();
    }

    /** Takes no more jobs; those that run go on. */
    @Override
    public void close() {
        closed = true;
        wake();
        settle();
    }

    /** Whether no more jobs are taken. */
    public boolean isClosed() {
        return closed;
    }

    private void loop() {
        while (!closed) {
            try {
                step();
            } catch (RuntimeException | Error e) { // also from logging it: the loop has to go on claiming
                LockSupport.parkNanos(STORE_RETRY.toNanos());
            }
        }
    }

    private void step() {
        if (!signal.isSet() && !isDue()) {
            Instant due = nextDue;
            LockSupport.parkNanos(
                    due == null ? Long.MAX_VALUE : sleepNs(due, timing.clock().instant()));
            return;
        }
        try {
            claimAll();
        } catch (RuntimeException | Error e) {
            storeFailed(e);
        }
    }

    /** Time for which the loop may sleep: until the next job is due, and no longer than the clock may stay unseen. */
    public static long sleepNs(Instant due, Instant now) {
        Duration left = Duration.between(now, due);
        if (left.isNegative()) {
            return 1;
        }
        return left.compareTo(CLOCK_CHECK) >= 0 ? CLOCK_CHECK.toNanos() : left.toNanos();
    }

    private boolean isDue() {
        Instant due = nextDue;
        return storeFailing || (due != null && !timing.clock().instant().isBefore(due));
    }

    private void storeFailed(Throwable problem) {
        if (!storeFailing) {
            storeFailing = true;
            LOG.warn("No job can be claimed; the store is asked again every second.", problem);
        }
        LockSupport.parkNanos(STORE_RETRY.toNanos());
    }

    /** Has the store claim what can start now, and looks when the next job is due; the loop's one step. */
    public void claimAll() {
        signal.clear();
        Instant now = timing.clock().instant();
        Confirmation.await(store.offer(), "A claim of jobs");
        storeFailing = false;
        // As of before the claim: what became due in between would be neither claimed nor waited for.
        nextDue = signal.isSet() ? null : store.nextDue(now).orElse(null);
    }
}

package dev.pawl.scheduler.dispatch;

import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Added;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims waiting jobs and gives them to threads: the only place that claims. Woken when a job has come, when a slot or a module has
 * become free, and when the next job is due. Owns one thread.
 */
public final class Dispatcher implements AutoCloseable {

    /** Longest sleep while a job waits for a time, since the clock may be set meanwhile. To look at it reads no store. */
    private static final Duration CLOCK_CHECK = Duration.ofSeconds(1);

    private static final int MOST_AT_ONCE = 10_000;
    private static final long GATHER_NS = TimeUnit.MICROSECONDS.toNanos(300);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final String worker;
    private final int slots;
    private final JobStore store;
    private final RunTiming timing;
    private final ClaimPolicy policy;
    private final ActiveRuns runs;
    private final RunStarter starter;
    private final DispatchSignal signal;

    private final Thread thread;
    private final ReentrantLock claiming = new ReentrantLock();
    private final AtomicReference<@Nullable CompletableFuture<Void>> offered = new AtomicReference<>();
    private volatile boolean closed;
    private @Nullable Instant nextDue;
    private boolean storeFailing;
    private boolean saturated;

    public Dispatcher(
            String worker,
            int slots,
            JobStore store,
            RunTiming timing,
            ClaimPolicy policy,
            ActiveRuns runs,
            RunStarter starter,
            DispatchSignal signal) {
        this.worker = worker;
        this.slots = slots;
        this.store = store;
        this.timing = timing;
        this.policy = policy;
        this.runs = runs;
        this.starter = starter;
        this.signal = signal;
        thread = new Thread(null, this::loop, "pawl-dispatcher", 0, false);
        thread.setDaemon(true);
        signal.wakes(thread);
    }

    /** Begins to claim. */
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
        long deadlineNs = System.nanoTime() + timing.limits().confirm().toNanos();
        try {
            if (claiming.tryLock(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                claiming.unlock(); // that the lock was free is all that matters
            }
            CompletableFuture<Void> begun = offered.get();
            if (begun != null) {
                begun.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Claims of before are not confirmed; what they bring begins later.", e);
        }
    }

    /** Adds jobs. While no other claim is on its way, those that may start are claimed with the same write. */
    public CompletionStage<List<Job>> add(List<NewJob> jobs) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        if (!signal.isSet() && !claiming.isLocked() && offered.compareAndSet(null, begun)) {
            try {
                ClaimRequest claim = request(timing.clock().instant());
                if (claim != null) {
                    return add(jobs, claim, begun);
                }
                withdraw(begun);
            } catch (RuntimeException | Error e) {
                withdraw(begun);
                throw e;
            }
        }
        CompletionStage<List<Job>> added = store.add(jobs);
        wake(); // the store keeps the order of calls: a claim from now on sees these jobs
        return added;
    }

    private CompletionStage<List<Job>> add(List<NewJob> jobs, ClaimRequest claim, CompletableFuture<Void> begun) {
        return store.add(jobs, claim)
                .whenComplete((added, problem) -> {
                    boolean allBegun = false;
                    try {
                        if (added != null) {
                            added.claimed().forEach(starter::begin);
                            allBegun = ids(added.claimed()).equals(ids(added.jobs()));
                        }
                    } finally {
                        withdraw(begun);
                        if (!allBegun) { // some wait for a slot, a module, a time or the store
                            wake();
                        }
                    }
                })
                .thenApply(Added::jobs);
    }

    private void withdraw(CompletableFuture<Void> begun) {
        offered.set(null);
        begun.complete(null);
    }

    private static Set<UUID> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).collect(Collectors.toSet());
    }

    /** Claims no more; the jobs that run go on. */
    @Override
    public void close() {
        closed = true;
        wake();
        settle();
    }

    /** Whether nothing is claimed any more. */
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

    /** Claims until there is no slot or no job left; the loop's one step. */
    public void claimAll() {
        signal.clear();
        int claimed;
        int wanted;
        Instant now;
        do {
            now = timing.clock().instant();
            gather();
            claiming.lock();
            try {
                ClaimRequest request = request(now);
                wanted = request == null ? 0 : request.most();
                claimed = request == null ? 0 : claim(request);
            } finally {
                claiming.unlock();
            }
            saturated = claimed > 0 && claimed == wanted;
        } while (saturated);
        storeFailing = false;
        // As of the claim, not of now: what became due in between would be neither claimed nor waited for.
        nextDue = signal.isSet() ? null : store.nextDue(now).orElse(null);
    }

    /**
     * Waits for a moment while more jobs wait than there are slots: a claim for each slot that comes free would be a transaction for each
     * job, and this makes it one for many.
     */
    private void gather() {
        if (saturated && runs.occupied() > slots / 2) {
            LockSupport.parkNanos(GATHER_NS);
        }
    }

    /** The claim that this process would make now; null when it would make none. */
    private @Nullable ClaimRequest request(Instant now) {
        int wanted = closed ? 0 : Math.min(slots - runs.occupied(), MOST_AT_ONCE);
        Set<String> ready = wanted > 0 ? policy.modulesFor(worker) : Set.of();
        return ready.isEmpty() ? null : new ClaimRequest(worker, wanted, slots, ready, policy.limits(), now, null);
    }

    private int claim(ClaimRequest request) {
        CompletionStage<List<Job>> claim = store.claim(request);
        try {
            List<Job> jobs = Confirmation.await(claim, "A claim of jobs");
            jobs.forEach(starter::begin);
            return jobs.size();
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.STORE_UNCONFIRMED) {
                claim.thenAccept(late -> late.forEach(starter::begin)); // confirmed after all: they are this worker's
            }
            throw e;
        }
    }
}

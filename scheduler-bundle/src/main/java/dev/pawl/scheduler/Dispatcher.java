package dev.pawl.scheduler;

import dev.pawl.api.job.Job;
import dev.pawl.api.job.ParkReason;
import dev.pawl.api.job.Task;
import dev.pawl.api.store.ClaimRequest;
import dev.pawl.api.store.RunMove;
import dev.pawl.api.store.RunWrite;
import dev.pawl.scheduler.catalog.ModuleKind;
import dev.pawl.scheduler.catalog.ModuleSource;
import dev.pawl.scheduler.catalog.SettingsSource;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.RunPlant;
import dev.pawl.scheduler.run.RunThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives waiting jobs to threads: the only place that claims. Woken when a job came, a slot or a module became free, and when the
 * next job is due. Owns one thread.
 */
final class Dispatcher implements AutoCloseable {

    /** Looks at the clock this often while a job waits for a time: the clock may be set meanwhile. Reads no store for it. */
    private static final long CLOCK_CHECK_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long GATHER_NS = TimeUnit.MICROSECONDS.toNanos(300);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final String worker;
    private final int slots;
    private final RunPlant plant;
    private final ModuleSource modules;
    private final QueueControls controls;
    private final SettingsSource settings;
    private final RunThreads threads;
    private final Runs runs;

    private final Thread thread;
    private final ReentrantLock claiming = new ReentrantLock();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean closed;
    private @Nullable Instant nextDue;
    private boolean storeFailing;
    private boolean saturated;

    Dispatcher(
            String worker,
            int slots,
            RunPlant plant,
            ModuleSource modules,
            QueueControls controls,
            RunThreads threads,
            Runs runs) {
        this.worker = worker;
        this.slots = slots;
        this.plant = plant;
        this.modules = modules;
        this.controls = controls;
        this.settings = plant.settings();
        this.threads = threads;
        this.runs = runs;
        thread = new Thread(null, this::loop, "pawl-dispatcher", 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
        wake();
    }

    /** Something changed that may let a job start. */
    void wake() {
        if (!woken.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns when every job claimed before this call is among the runs. */
    void settle() {
        claiming.lock();
        try {
            Thread.onSpinWait(); // having had the lock is all that is wanted
        } finally {
            claiming.unlock();
        }
    }

    /** The limits of the modules that have one; a paused module's is 0, for whoever asks. */
    Map<String, Integer> limits() {
        Map<String, Integer> limits = new HashMap<>();
        for (String id : modules.ids()) {
            int limit = limitOf(id);
            if (limit > 0) {
                limits.put(id, limit);
            }
        }
        controls.paused().forEach(id -> limits.put(id, 0));
        return limits;
    }

    /** How many jobs of the module may run at once; 0 for no limit. */
    int limitOf(String module) {
        return settings.concurrency(
                module, modules.current(module).map(ModuleKind::concurrency).orElse(0));
    }

    /** Claims no more; what runs goes on. */
    @Override
    public void close() {
        closed = true;
        wake();
        settle();
    }

    private void loop() {
        while (!closed) {
            if (!woken.getAndSet(false) && !isDue()) {
                LockSupport.parkNanos(nextDue == null && !storeFailing ? Long.MAX_VALUE : CLOCK_CHECK_NS);
                continue;
            }
            try {
                claimAll();
            } catch (CompletionException e) {
                storeFailed(e.getCause() == null ? e : e.getCause());
            } catch (RuntimeException | Error e) { // whatever it is, jobs are claimed again
                storeFailed(e);
            }
        }
    }

    private boolean isDue() {
        Instant due = nextDue;
        return storeFailing || (due != null && !plant.clock().instant().isBefore(due));
    }

    private void storeFailed(Throwable problem) {
        if (!storeFailing) {
            storeFailing = true;
            LOG.warn("No job can be claimed; the store is asked again every second.", problem);
        }
        LockSupport.parkNanos(STORE_RETRY.toNanos());
    }

    /** Claims until there is no slot or no job left; the loop's one step. */
    void claimAll() {
        int claimed;
        int wanted;
        Instant now;
        do {
            now = plant.clock().instant();
            gather();
            claiming.lock();
            try {
                wanted = closed ? 0 : slots - runs.occupied();
                Set<String> ready = wanted > 0 ? ready() : Set.of();
                if (ready.isEmpty()) {
                    wanted = 0;
                }
                claimed = wanted <= 0 ? 0 : claim(wanted, ready, now);
            } finally {
                claiming.unlock();
            }
            saturated = claimed > 0 && claimed == wanted;
        } while (saturated);
        storeFailing = false;
        // As of the claim, not of now: what became due in between would be neither claimed nor waited for.
        nextDue = woken.get() ? null : plant.store().nextDue(now).orElse(null);
    }

    /**
     * While more waits than there are slots, a claim for each slot that comes free would be a transaction for each job; a moment's
     * patience makes it one for many.
     */
    private void gather() {
        if (saturated && runs.occupied() > slots / 2) {
            LockSupport.parkNanos(GATHER_NS);
        }
    }

    private Set<String> ready() {
        if (controls.isQueueDisabled() || controls.isDisabled(worker)) {
            return Set.of();
        }
        Set<String> ready = new HashSet<>(modules.ids());
        ready.removeIf(id -> controls.isHeld(id) || controls.isPaused(id));
        return ready;
    }

    private int claim(int wanted, Set<String> ready, Instant now) {
        ClaimRequest request = new ClaimRequest(worker, Math.min(wanted, 10_000), slots, ready, limits(), now, null);
        List<Job> jobs = plant.store().claim(request).toCompletableFuture().join();
        jobs.forEach(this::begin);
        return jobs.size();
    }

    private void begin(Job job) {
        List<Task> tasks = job.request().tasks();
        List<Task> left = tasks.subList(Math.min(job.state().taskIndex(), tasks.size() - 1), tasks.size());
        List<ModuleKind> kinds = new ArrayList<>();
        left.forEach(task -> modules.current(task.module()).ifPresent(kinds::add));
        if (left.stream().anyMatch(task -> controls.isHeld(task.module()))) {
            putBack(job, ParkReason.MODULE_UPDATE);
        } else if (kinds.size() < left.size()) {
            putBack(job, ParkReason.MODULE_GONE);
        } else {
            JobRun run = new JobRun(job, kinds, plant);
            begin(run);
        }
    }

    private void begin(JobRun run) {
        runs.add(run);
        try {
            threads.start(run);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // no thread to be had now
            LOG.error("Job {} gets no thread and waits again.", run.job().id(), e);
            runs.ended(run);
            putBack(run.job(), ParkReason.INTERRUPTED);
        }
    }

    /** A module went, or is being replaced, since the claim was asked for: the job waits again, without having run. */
    private void putBack(Job job, ParkReason reason) {
        RunMove parked = new RunMove.Parked(reason, null, null, plant.clock().instant());
        RunWrite write = new RunWrite(
                job.id(),
                job.state().epoch(),
                -1,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                job.state().elapsed(),
                parked);
        plant.store().write(write).whenComplete((written, problem) -> {
            if (problem == null) {
                wake();
            } else {
                var unused = plant.timers().after(STORE_RETRY, () -> putBack(job, reason));
            }
        });
    }
}

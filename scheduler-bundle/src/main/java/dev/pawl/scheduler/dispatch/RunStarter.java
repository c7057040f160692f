package dev.pawl.scheduler.dispatch;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.RunFactory;
import dev.pawl.scheduler.run.RunThreads;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes runs of claimed jobs and gives them to threads. Safe for many threads. */
public final class RunStarter {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

    private final JobStore store;
    private final RunTiming timing;
    private final RunFactory factory;
    private final ReadyModules modules;
    private final QueueControls controls;
    private final RunThreads threads;
    private final ActiveRuns runs;
    private final DispatchSignal signal;

    public RunStarter(
            JobStore store,
            RunTiming timing,
            RunFactory factory,
            ReadyModules modules,
            QueueControls controls,
            RunThreads threads,
            ActiveRuns runs,
            DispatchSignal signal) {
        this.store = store;
        this.timing = timing;
        this.factory = factory;
        this.modules = modules;
        this.controls = controls;
        this.threads = threads;
        this.runs = runs;
        this.signal = signal;
    }

    /** Begins the run of a claimed job; one that cannot begin now waits again. */
    void begin(Job job) {
        try {
            tryBegin(job);
        } catch (RuntimeException | Error e) { // the jobs that were claimed with it begin all the same
            LOG.error("Job {} cannot begin and is tried again in {}.", job.id(), RETRY, e);
            putBack(job, ParkReason.INTERRUPTED, timing.clock().instant().plus(RETRY));
        }
    }

    private void tryBegin(Job job) {
        List<Task> tasks = job.request().tasks();
        List<Task> left = tasks.subList(Math.min(job.state().taskIndex(), tasks.size() - 1), tasks.size());
        List<ModuleVersion> versions = new ArrayList<>();
        left.forEach(task -> modules.current(task.module()).ifPresent(versions::add));
        if (left.stream().anyMatch(task -> controls.isHeld(task.module()))) {
            putBack(job, ParkReason.MODULE_UPDATE, null);
        } else if (versions.size() < left.size()) {
            putBack(job, ParkReason.MODULE_GONE, null);
        } else {
            begin(factory.create(job, versions));
        }
    }

    private void begin(JobRun run) {
        runs.add(run);
        try {
            threads.start(run);
        } catch (RuntimeException | Error e) { // such as no thread to be had now
            runs.ended(run.id());
            throw e;
        }
    }

    /** Stops the run of a job, if there is one. */
    void stop(UUID job, @Nullable AuditedChange change) {
        runs.find(job).ifPresent(run -> run.requestStop(change));
    }

    /** Ends all runs, which other servers may take. */
    void leaseEnded() {
        runs.all().forEach(run -> run.requestEnd(EndCause.LEASE_ENDED, Duration.ZERO));
    }

    /** Puts a job back that has not run, such as one whose module has gone, or is being replaced, since the claim was made. */
    private void putBack(Job job, ParkReason reason, @Nullable Instant dueAt) {
        RunMove parked = new RunMove.Parked(reason, dueAt, null, timing.clock().instant());
        RunWrite write = RunWrite.ofRuntime(job).withMove(parked);
        store.write(write).whenComplete((written, problem) -> {
            if (problem == null) {
                signal.wake();
            } else if (!(FutureFailure.cause(problem) instanceof StaleRunException)) { // nobody else has taken it over
                var unused = timing.timers().after(RETRY, () -> putBack(job, reason, dueAt));
            }
        });
    }
}

package dev.pawl.scheduler;

import dev.pawl.scheduler.dispatch.ActiveRuns;
import dev.pawl.scheduler.dispatch.ServerDrain;
import dev.pawl.scheduler.queue.SharedDocuments;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.scheduler.run.WorkFolderCleanup;
import dev.pawl.scheduler.thread.LeakedThreads;
import dev.pawl.scheduler.worker.OwnWorker;
import dev.pawl.scheduler.worker.WorkerRegistry;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovery of jobs that an earlier process left running, and the periodic work of the scheduler. */
final class Upkeep {

    /** Number of times after which a job fails that ended the process while it ran alone and got no further. */
    private static final int MOST_CRASHES = 3;

    /** Longest part of a job's elapsed time that is lost with the process. */
    private static final Duration KEEP_ELAPSED = Duration.ofSeconds(30);

    /** Time between two removals of files that stayed behind. */
    private static final Duration SWEEP = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final JobStore store;
    private final RunTiming timing;
    private final ActiveRuns runs;
    private final OwnWorker own;
    private final WorkerRegistry workers;
    private final ServerDrain drain;
    private final SharedDocuments shared;
    private final LeakedThreads leakedThreads;
    private final WorkFolderCleanup folders;
    private final Executor background;
    private final AtomicBoolean looking = new AtomicBoolean();

    Upkeep(
            JobStore store,
            RunTiming timing,
            ActiveRuns runs,
            OwnWorker own,
            WorkerRegistry workers,
            ServerDrain drain,
            SharedDocuments shared,
            LeakedThreads leakedThreads,
            WorkFolderCleanup folders,
            Executor background) {
        this.background = background;
        this.store = store;
        this.timing = timing;
        this.runs = runs;
        this.own = own;
        this.workers = workers;
        this.drain = drain;
        this.shared = shared;
        this.leakedThreads = leakedThreads;
        this.folders = folders;
    }

    /** Puts back what an earlier process left running, and begins the periodic work. */
    void begin() {
        Confirmation.await(store.recover(MOST_CRASHES, timing.clock().instant()), "That interrupted jobs wait again");
        folders.begin();
        workers.expireLeases(); // external workers hold their jobs for a full lease from now on
        drain.look();
        timing.timers().every(OwnWorker.PERIOD, () -> {
            own.beat();
            lookSoon();
        });
        timing.timers().every(KEEP_ELAPSED, () -> runs.all().forEach(JobRun::keepElapsed));
        timing.timers().every(SWEEP, folders::sweep);
        timing.timers().every(LeakedThreads.PERIOD, leakedThreads::sweep);
    }

    /** Looks at the store, on a thread that may wait for it: the steps of stops and the limits of durations rest on the timers. */
    private void lookSoon() {
        if (looking.getAndSet(true)) {
            return; // the last look still waits for the store
        }
        try {
            background.execute(() -> {
                try {
                    workers.expireLeases();
                    shared.look();
                    drain.look();
                } catch (RuntimeException e) { // such as a store that is away; the next look follows
                    LOG.warn("Leases of workers were not looked at this time: {}", e.toString());
                } finally {
                    looking.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            looking.set(false); // the scheduler stops
        }
    }
}

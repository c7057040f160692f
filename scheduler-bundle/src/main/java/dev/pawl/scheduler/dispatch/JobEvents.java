package dev.pawl.scheduler.dispatch;

import dev.pawl.scheduler.feed.LogFeed;
import dev.pawl.scheduler.metric.JobMeasures;
import dev.pawl.scheduler.run.RunEvents;
import dev.pawl.scheduler.run.WorkFolderCleanup;
import dev.pawl.scheduler.trace.RunTraces;
import dev.pawl.scheduler.worker.LeaseEvents;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.trace.PhaseTime;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Passes on changes of jobs, here and at external workers: to followers of logs, to the dispatcher, to bundles that wait for their last
 * run, to the cleanup of work folders, to the measurements and to the traces. Safe for many threads.
 */
public final class JobEvents implements RunEvents, LeaseEvents {

    private final ActiveRuns runs;
    private final RetiringModules retiring;
    private final LogFeed feed;
    private final WorkFolderCleanup folders;
    private final DispatchSignal signal;
    private final JobMeasures measures;
    private final RunTraces traces;

    public JobEvents(
            ActiveRuns runs,
            RetiringModules retiring,
            LogFeed feed,
            WorkFolderCleanup folders,
            DispatchSignal signal,
            JobMeasures measures,
            RunTraces traces) {
        this.runs = runs;
        this.retiring = retiring;
        this.feed = feed;
        this.folders = folders;
        this.signal = signal;
        this.measures = measures;
        this.traces = traces;
    }

    @Override
    public void began(Job job) {
        measures.began(job);
    }

    @Override
    public void saved(int lines, int results, boolean checkpoint) {
        measures.saved(lines, results, checkpoint);
    }

    @Override
    public void moved(Job job, RunMove move, long ranNs, List<PhaseTime> phases) {
        measures.ended(job, move, ranNs);
        traces.ended(job, move, Duration.ofNanos(ranNs), phases);
    }

    @Override
    public void taskDone(RunId run) {
        retiring.completeUnused();
    }

    @Override
    public void written(UUID job) {
        feed.written(job);
        if (runs.isOnTrial(job)) { // it may have got further, and others may begin
            signal.wake();
        }
    }

    @Override
    public void ended(RunId run, boolean waits) {
        runs.ended(run);
        retiring.completeUnused();
        if (waits) { // perhaps for a time
            signal.wake();
        }
        folders.deleteIfOver(run.job());
    }

    @Override
    public void queueChanged() {
        signal.wake();
    }

    @Override
    public void leased(Job job) {
        measures.leased(job);
    }

    @Override
    public void leaseEnded(Job job, RunMove move, Duration held) {
        measures.ended(job, move, held.toNanos());
        traces.ended(job, move, held, List.of());
    }

    @Override
    public void leasesLost(int number) {
        measures.leasesLost(number);
    }

    @Override
    public void leaseWritten(UUID job) {
        changed(job);
    }

    /** A job was changed, or is over without a run of this process. */
    public void changed(UUID job) {
        feed.written(job);
        folders.deleteIfOver(job);
    }

    /** A job that waited for another one has failed without a run. */
    void failedWaiting(UUID job) {
        feed.written(job);
    }

    /** Some jobs are gone, if they do not run. */
    public void removed(List<UUID> jobs) {
        jobs.forEach(this::changed);
        folders.deleteRemoved();
    }

    /** Many jobs are gone. */
    public void removedMany() {
        feed.writtenAny();
        folders.sweep();
    }
}

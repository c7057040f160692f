package dev.pawl.scheduler.job;

import dev.pawl.base.duration.DurationText;
import dev.pawl.scheduler.dispatch.ActiveRuns;
import dev.pawl.scheduler.run.AbandonedThreads;
import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.scheduler.worker.OwnWorker;
import dev.pawl.service.job.SchedulerStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Status of this process: since when it runs, its slots, and the jobs in them. */
public final class StatusReport {

    private final OwnWorker own;
    private final int slots;
    private final JobViews views;
    private final ActiveRuns runs;
    private final AbandonedThreads abandoned;
    private final MonotonicClock monotonic;
    private final long beganNs;

    public StatusReport(
            OwnWorker own,
            int slots,
            JobViews views,
            ActiveRuns runs,
            AbandonedThreads abandoned,
            MonotonicClock monotonic) {
        this.own = own;
        this.slots = slots;
        this.views = views;
        this.runs = runs;
        this.abandoned = abandoned;
        this.monotonic = monotonic;
        this.beganNs = monotonic.nanos();
    }

    SchedulerStatus status() {
        return new SchedulerStatus(
                own.id(),
                own.onlineAt(),
                DurationText.rough(Duration.ofNanos(monotonic.nanos() - beganNs)),
                views.runningHere(),
                views.waiting(),
                slots,
                abandoned.count(),
                views.isQueueDisabled());
    }

    /** The jobs that use the module now. */
    List<UUID> runningJobs(String module) {
        return runs.using(List.of(module)).stream().map(run -> run.job().id()).toList();
    }
}

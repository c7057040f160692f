package dev.pawl.scheduler.metric;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The measurements of jobs since this process was started. A job counts for the module of its first task; beyond {@value #MOST} modules,
 * which happens only to a server that takes jobs for modules that it does not have, the rest counts as {@value #OTHERS}. Counting costs a
 * look-up and a few additions, and allocates nothing. Safe for many threads.
 */
public final class JobMeasures {

    static final int MOST = 200;
    static final String OTHERS = "(others)";

    private final Map<String, ModuleMeasures> modules = new ConcurrentHashMap<>();
    private final LongAdder lines = new LongAdder();
    private final LongAdder results = new LongAdder();
    private final LongAdder checkpoints = new LongAdder();
    private final LongAdder leasesTaken = new LongAdder();
    private final LongAdder leasesLost = new LongAdder();

    /** A job is new, and on disk. */
    public void submitted(Job job) {
        of(job).submitted.increment();
    }

    /** A run begins; the first one ends the wait of its job. */
    public void began(Job job) {
        ModuleMeasures module = of(job);
        module.began.increment();
        Instant began = job.state().startedAt();
        if (job.state().epoch() == 1 && began != null) {
            Instant since =
                    job.request().notBefore().filter(job.createdAt()::isBefore).orElse(job.createdAt());
            module.waits.record(Duration.between(since, began).toNanos());
        }
    }

    /** A run has ended with a move that is on disk. */
    public void ended(Job job, RunMove move, long ranNs) {
        ModuleMeasures module = of(job);
        module.ended(outcome(move)).increment();
        module.runs.record(ranNs);
    }

    /** Something that a run handed over is on disk. */
    public void saved(int newLines, int newResults, boolean checkpoint) {
        lines.add(newLines);
        results.add(newResults);
        if (checkpoint) {
            checkpoints.increment();
        }
    }

    /** An external worker has taken a job. */
    public void leased(Job job) {
        leasesTaken.increment();
        began(job);
    }

    /** Leases ended because their workers were silent. */
    public void leasesLost(int number) {
        leasesLost.add(number);
    }

    private static RunOutcome outcome(RunMove move) {
        return switch (move.status()) {
            case COMPLETED -> RunOutcome.COMPLETED;
            case FAILED -> RunOutcome.FAILED;
            case STOPPED -> RunOutcome.STOPPED;
            case RUNNING -> RunOutcome.RUNNING;
            case PENDING -> move instanceof RunMove.Parked parked ? parked(parked) : RunOutcome.INTERRUPTED;
        };
    }

    private static RunOutcome parked(RunMove.Parked parked) {
        return switch (parked.reason()) {
            case RETRY -> RunOutcome.RETRY;
            case INTERRUPTED -> RunOutcome.INTERRUPTED;
            case MODULE_GONE -> RunOutcome.MODULE_GONE;
            case MODULE_UPDATE -> RunOutcome.MODULE_UPDATE;
        };
    }

    private ModuleMeasures of(Job job) {
        String module = job.request().tasks().get(0).module();
        ModuleMeasures known = modules.get(module);
        if (known != null) {
            return known;
        }
        String counted = modules.size() < MOST ? module : OTHERS;
        return modules.computeIfAbsent(counted, name -> new ModuleMeasures());
    }

    /** Reports all of it. */
    public void collect(MetricSink sink) {
        modules.forEach((name, module) -> collect(sink, new Label("module", name), module));
        sink.counter("pawl_log_lines_total", "Log lines of jobs that were written to the store.", lines.sum());
        sink.counter("pawl_results_total", "Results of jobs that were written to the store.", results.sum());
        sink.counter("pawl_checkpoints_total", "Checkpoints that tasks have saved.", checkpoints.sum());
        sink.counter("pawl_leases_taken_total", "Jobs that external workers have taken.", leasesTaken.sum());
        sink.counter("pawl_leases_lost_total", "Leases that ended because the worker was silent.", leasesLost.sum());
    }

    private static void collect(MetricSink sink, Label label, ModuleMeasures module) {
        sink.counter("pawl_jobs_submitted_total", "Jobs that were taken.", module.submitted.sum(), label);
        sink.counter("pawl_runs_started_total", "Runs that were started.", module.began.sum(), label);
        for (RunOutcome outcome : RunOutcome.values()) {
            long runs = module.ended(outcome).sum();
            if (runs > 0) {
                sink.counter(
                        "pawl_runs_ended_total",
                        "Runs that have ended, by outcome.",
                        runs,
                        label,
                        new Label("outcome", outcome.wireName()));
            }
        }
        sink.histogram(
                "pawl_job_wait_seconds",
                "Time of a job from its request, or from the time for which it was requested, to its first start.",
                module.waits.counts(),
                label);
        sink.histogram("pawl_run_duration_seconds", "Time of a run.", module.runs.counts(), label);
    }
}

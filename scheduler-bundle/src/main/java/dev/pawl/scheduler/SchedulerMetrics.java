package dev.pawl.scheduler;

import dev.pawl.scheduler.catalog.InstalledModule;
import dev.pawl.scheduler.catalog.InstalledModules;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.worker.DrainState;
import java.util.Map;
import java.util.stream.Collectors;

/** The measurements of the scheduler: what it has counted, and what is there at the moment of a scrape. Reads no store. */
final class SchedulerMetrics implements MetricSource {

    private final SchedulerParts parts;
    private final InstalledModules installed;
    private final int slots;

    SchedulerMetrics(SchedulerParts parts, InstalledModules installed, int slots) {
        this.parts = parts;
        this.installed = installed;
        this.slots = slots;
    }

    @Override
    public void collect(MetricSink sink) {
        parts.measures.collect(sink);
        runs(sink);
        modules(sink);
        sink.gauge("pawl_queue_paused", "Whether the queue is paused.", parts.controls.isQueueDisabled() ? 1 : 0);
        DrainState drain = parts.workers.drainHere().orElse(null);
        sink.gauge("pawl_draining", "Whether this server hands over its jobs.", drain == DrainState.DRAINING ? 1 : 0);
        sink.gauge(
                "pawl_drained",
                "Whether this server takes no jobs and runs none.",
                drain == DrainState.DRAINED ? 1 : 0);
        sink.gauge("pawl_leases", "Jobs that external workers hold.", parts.workers.leases());
        sink.gauge(
                "pawl_external_workers",
                "External workers that sent a heartbeat lately.",
                parts.workers.externalWorkers());
        sink.gauge(
                "pawl_abandoned_threads",
                "Threads of modules that did not end when they were interrupted.",
                parts.lingering.abandoned().count());
    }

    private void runs(MetricSink sink) {
        sink.gauge("pawl_run_slots", "Jobs that may run here at once.", slots);
        Map<String, Long> byModule =
                parts.runs.all().stream().collect(Collectors.groupingBy(JobRun::currentModule, Collectors.counting()));
        byModule.forEach((module, runs) ->
                sink.gauge("pawl_runs_active", "Runs that are at work here.", runs, new Label("module", module)));
    }

    /** Each state is reported, so that a module that fails is a change of a number that was there before. */
    private void modules(MetricSink sink) {
        Map<ModuleState, Long> byState =
                installed.all().stream().collect(Collectors.groupingBy(InstalledModule::state, Collectors.counting()));
        for (ModuleState state : ModuleState.values()) {
            sink.gauge(
                    "pawl_modules",
                    "Installed modules by state.",
                    byState.getOrDefault(state, 0L),
                    new Label("state", state.wireName()));
        }
    }
}

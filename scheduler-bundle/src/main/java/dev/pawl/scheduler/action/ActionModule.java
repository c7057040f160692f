package dev.pawl.scheduler.action;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.access.Actor;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.BulkReport;
import java.util.Map;
import java.util.UUID;

/** The server's own module: carries out an action on many jobs, with a checkpoint after each page of them. */
final class ActionModule implements Module {

    private static final String REPORT = "report";

    private final BulkActions actions;

    ActionModule(BulkActions actions) {
        this.actions = actions;
    }

    @Override
    public void run(TaskContext task) throws InterruptedException {
        ActionInputs inputs = task.inputs(ActionInputs.class);
        BulkAction action = inputs.toAction();
        Actor actor = inputs.toActor();
        UUID own = UUID.fromString(task.jobId());
        Map<String, Object> saved = task.checkpoint(REPORT, Map.of());
        BulkReport report = saved.isEmpty() ? actions.begin(action, actor.principal(), null) : ReportValues.read(saved);
        while (!report.isComplete()) {
            task.throwIfCancelled();
            report = actions.page(action, actor, report, own);
            task.progress(
                    100.0 * Math.min(report.looked(), report.matched()) / Math.max(1, report.matched()),
                    ReportValues.figures(report));
            task.checkpoint(Map.of(REPORT, ReportValues.of(report)));
        }
        task.emit(ReportValues.of(report));
        task.info(action.action().wireName() + ": " + report.done() + " of " + report.matched() + " jobs done, "
                + report.skipped() + " skipped, " + report.failed() + " failed.");
    }
}

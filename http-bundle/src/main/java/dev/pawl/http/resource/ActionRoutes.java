package dev.pawl.http.resource;

import dev.pawl.http.answer.ActionJson;
import dev.pawl.http.answer.JobJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Kind;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.BulkReport;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of actions on many jobs, and of the priority of one. */
public final class ActionRoutes {

    private static final BodyShape CHANGE = BodyShape.of(
            BodyShape.required("priority", Kind.INTEGER, "The new priority, -1,000 to 1,000; higher runs first."));

    private final Services parts;
    private final RepeatableRequests repeats;

    public ActionRoutes(Services parts, RepeatableRequests repeats) {
        this.parts = parts;
        this.repeats = repeats;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.post(
                                "/jobs/actions",
                                Role.OPERATOR,
                                "Stops, retries, removes or prioritizes many jobs.",
                                DeclaredAnswer.json(() -> ActionJson.OUTCOME, "How far it has come."),
                                this::act)
                        .body(ActionBody.SHAPE)
                        .problems(ProblemCode.UNKNOWN_JOB, ProblemCode.AMBIGUOUS_JOB_ID)
                        .repeated(Repetition.BY_HANDLER),
                Route.patch(
                                "/jobs/{id}",
                                Role.OPERATOR,
                                "Gives a job that waits another priority, which counts at once.",
                                DeclaredAnswer.json(() -> JobJson.STANDING, "It has that priority."),
                                this::change)
                        .body(CHANGE)
                        .problems(ProblemCode.JOB_FINAL, ProblemCode.JOB_RUNNING, ProblemCode.INVALID_JOB));
    }

    private Answer act(Call call) throws IOException {
        ActionBody body = ActionBody.read(call.fields());
        describe(body.action().summary());
        if (body.isAsync()) {
            return repeats.kept(
                    call,
                    key -> Answer.after(
                            parts.actions().get().start(body.action(), call.actor(), key),
                            submitted -> outcome(null, submitted.job().id())),
                    kept -> outcome(null, UUID.fromString(String.valueOf(kept.get("id")))));
        }
        return repeats.once(call, call.bytes(), repeated -> outcome(report(call, body), null));
    }

    private BulkReport report(Call call, ActionBody body) {
        JobActions actions = parts.actions().get();
        BulkAction action = body.action();
        if (body.dryRun()) {
            return BulkReport.begun(actions.count(action, call.actor().principal()), null);
        }
        BulkReport report = actions.run(action, call.actor(), body.cursor().orElse(null));
        describe(action.summary() + ": " + report.matched() + " matched, " + report.done() + " done, "
                + report.skipped() + " skipped, " + report.failed() + " failed");
        return report;
    }

    private static void describe(String action) {
        AuditedChange change = AuditedChange.current();
        if (change != null) {
            change.describe(action);
        }
    }

    private static Answer outcome(@Nullable BulkReport report, @Nullable UUID job) {
        return Answer.json(ActionJson.OUTCOME, new ActionJson(report, job));
    }

    private Answer change(Call call) {
        long priority = call.fields().integer("priority").orElseThrow();
        int clamped = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, priority));
        return Answer.after(
                parts.scheduler().get().prioritize(call.path("id"), clamped),
                job -> Answer.json(JobJson.STANDING, job));
    }
}

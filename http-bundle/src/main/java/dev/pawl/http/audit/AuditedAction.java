package dev.pawl.http.audit;

import dev.pawl.http.route.Route;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kind of change that a route makes, as the audit names it.
 *
 * @param name such as {@code job.start}
 * @param inSteps whether the change takes several steps, so that its beginning is recorded before the first
 * @param refusalsOnly whether it is recorded only when it is refused: what comes of it records itself
 */
public record AuditedAction(String name, boolean inSteps, boolean refusalsOnly) {

    /** The action of a route; null when it changes nothing, or nothing that someone decides. */
    public static @Nullable AuditedAction of(Route route) {
        if (route.method().equals("GET")) { // a poll takes a job, but the queue decides which
            return null;
        }
        return switch (route.method() + " " + route.template()) {
            case "POST /workers/{id}" -> null; // a heartbeat
            case "POST /store/check",
                    "POST /schedules/preview",
                    "POST /hooks/{name}/preview",
                    "POST /proxy-fetch",
                    "POST /shell/words" -> null; // nothing is changed here
            case "POST /session", "DELETE /session" -> null; // recorded once it is known whose session it is
            case "POST /session/codes" -> atOnce("session.code");
            case "POST /shell" -> inSteps("shell.run"); // its line may do anything
            case "POST /jobs", "POST /queue" -> atOnce("job.start");
            case "POST /jobs/actions" -> inSteps("job.actions");
            case "PATCH /jobs/{id}" -> atOnce("job.prioritize");
            case "POST /jobs/{id}/stop" -> atOnce("job.stop");
            case "POST /jobs/{id}/resume" -> atOnce("job.resume");
            case "POST /jobs/{id}/retry" -> atOnce("job.retry");
            case "POST /jobs/{id}/callbacks/{delivery}/retry" -> atOnce("callback.retry");
            case "DELETE /jobs/{id}" -> atOnce("job.remove");
            case "PATCH /jobs/{id}/completed" -> atOnce("job.complete");
            case "PATCH /queue" -> atOnce("queue.change");
            case "DELETE /queue" -> atOnce("queue.clear");
            case "PATCH /workers/{id}" -> atOnce("worker.change");
            case "DELETE /workers/{id}" -> atOnce("worker.remove");
            case "POST /schedules/apply" -> inSteps("schedule.apply");
            case "PUT /schedules/{name}" -> atOnce("schedule.put");
            case "DELETE /schedules/{name}" -> atOnce("schedule.remove");
            case "POST /schedules/{name}/pause" -> atOnce("schedule.pause");
            case "POST /schedules/{name}/resume" -> atOnce("schedule.resume");
            case "POST /schedules/{name}/run" -> atOnce("schedule.run");
            case "PUT /hooks/{name}" -> atOnce("hook.put");
            case "DELETE /hooks/{name}" -> atOnce("hook.remove");
            case "POST /hooks/{name}" -> new AuditedAction("hook.call", false, true); // its job is job.start
            case "PUT /notifications/{name}" -> atOnce("notification.put");
            case "DELETE /notifications/{name}" -> atOnce("notification.remove");
            case "POST /notifications/{name}/test" -> atOnce("notification.test");
            case "POST /callbacks" -> new AuditedAction("callback.add", false, true);
            case "DELETE /callbacks/{id}" -> atOnce("callback.remove");
            case "POST /data/{module}/{name}" -> atOnce("data.put");
            case "DELETE /data/{module}/{name}" -> atOnce("data.delete");
            case "POST /modules/{id}/pause" -> atOnce("module.pause");
            case "POST /modules/{id}/resume" -> atOnce("module.resume");
            case "PUT /modules/{id}/settings" -> inSteps("module.settings");
            case "POST /modules", "POST /modules/install", "POST /modules/install-git", "POST /modules/sync" ->
                inSteps("module.install");
            case "POST /modules/reload" -> inSteps("module.reload");
            case "DELETE /modules/{id}" -> inSteps("module.uninstall");
            case "POST /modules/{id}/enable" -> inSteps("module.enable");
            case "POST /modules/{id}/disable" -> inSteps("module.disable");
            case "POST /modules/{id}/rollback" -> inSteps("module.rollback");
            case "POST /modules/{id}/promote" -> atOnce("module.promote");
            case "POST /store/purge" -> inSteps("store.purge");
            case "POST /store/backup" -> inSteps("store.backup");
            case "PUT /secrets/{name}" -> atOnce("secret.set");
            case "DELETE /secrets/{name}" -> atOnce("secret.remove");
            case "POST /tokens" -> atOnce("token.create");
            case "POST /tokens/rotate" -> atOnce("token.rotate");
            case "DELETE /tokens/{id}" -> atOnce("token.revoke");
            default -> atOnce(undeclared(route)); // recorded all the same; a test asks for a name
        };
    }

    /** The name of an action that has none here. */
    static String undeclared(Route route) {
        return route.method().toLowerCase(Locale.ROOT) + " " + route.template();
    }

    private static AuditedAction atOnce(String name) {
        return new AuditedAction(name, false, false);
    }

    private static AuditedAction inSteps(String name) {
        return new AuditedAction(name, true, false);
    }
}

package dev.pawl.http.resource;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.http.answer.HookJson;
import dev.pawl.http.auth.Access;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookEntry;
import dev.pawl.service.hook.HookReceipt;
import dev.pawl.service.hook.Hooks;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The routes of hooks: those by which admins make them, and that by which others call them, with the hook's secret instead of a token. */
public final class HookRoutes {

    private static final Query LIMIT = Query.limit(Hooks.MOST_ON_PAGE, 100, "The greatest number of hooks.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");
    private static final Query CALL_LIMIT = Query.limit(Hooks.MOST_DELIVERIES, 100, "The greatest number of calls.");
    private static final Query BEFORE =
            Query.integer("before", 0, Long.MAX_VALUE, Long.MAX_VALUE, "Only calls with a number before this.");

    private final Services parts;
    private final Access access;

    public HookRoutes(Services parts, Access access) {
        this.parts = parts;
        this.access = access;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        DeclaredAnswer hook = DeclaredAnswer.json(() -> HookJson.ENTRY, "The hook as it is now, its secrets masked.");
        return List.of(
                Route.get(
                                "/hooks",
                                Role.ADMIN,
                                "The hooks, by name, their secrets masked.",
                                DeclaredAnswer.json(() -> HookJson.PAGE, "The hooks."),
                                this::list)
                        .query(LIMIT, CURSOR),
                Route.put(Route.HOOK, Role.ADMIN, "Makes a hook, or replaces the one of this name.", hook, this::put)
                        .body(HookBody.SHAPE)
                        .problems(
                                ProblemCode.INVALID_HOOK,
                                ProblemCode.HOOK_CHANGED,
                                ProblemCode.CALLBACK_SOURCE_TAKEN,
                                ProblemCode.INVALID_JOB,
                                ProblemCode.INVALID_INPUT,
                                ProblemCode.INVALID_SETTING,
                                ProblemCode.ROLE_NEEDED,
                                ProblemCode.SECRET_KEY_MISSING,
                                ProblemCode.SECRET_UNREADABLE),
                Route.get(Route.HOOK, Role.ADMIN, "One hook, its secrets masked.", hook, this::show)
                        .problems(ProblemCode.UNKNOWN_HOOK),
                Route.delete(
                                Route.HOOK,
                                Role.ADMIN,
                                "Removes a hook and the history of its calls; its jobs stay.",
                                DeclaredAnswer.none("It is removed."),
                                this::remove)
                        .problems(ProblemCode.UNKNOWN_HOOK),
                Route.post(
                                Route.HOOK,
                                Role.ANYONE,
                                "Calls a hook: starts its job from the body, once for each delivery. The hook's secret takes"
                                        + " the place of a token.",
                                DeclaredAnswer.json(() -> HookJson.RECEIPT, "What came of the call."),
                                this::call)
                        .body(Answer.JSON, "application/x-www-form-urlencoded", "text/plain", DeclaredAnswer.ANY_TYPE)
                        .problems(
                                ProblemCode.HOOK_REFUSED,
                                ProblemCode.WRONG_TOKENS,
                                ProblemCode.HOOK_MISMATCH,
                                ProblemCode.DELIVERY_KNOWN,
                                ProblemCode.INVALID_INPUT,
                                ProblemCode.INVALID_SETTING,
                                ProblemCode.ROLE_NEEDED,
                                ProblemCode.UNIQUE_KEY_TAKEN),
                Route.post(
                                "/hooks/{name}/preview",
                                Role.OPERATOR,
                                "Shows what a call with this content would come to, whoever made it; starts nothing.",
                                DeclaredAnswer.json(() -> HookJson.PREVIEW, "What would come of it."),
                                this::preview)
                        .body(HookBody.PREVIEW)
                        .problems(ProblemCode.UNKNOWN_HOOK),
                Route.get(
                                "/hooks/{name}/deliveries",
                                Role.OPERATOR,
                                "The last calls of a hook and what came of them, the latest first.",
                                DeclaredAnswer.json(() -> HookJson.CALLS, "The calls."),
                                this::deliveries)
                        .query(CALL_LIMIT, BEFORE)
                        .problems(ProblemCode.UNKNOWN_HOOK));
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        List<HookEntry> page = hooks().list(call.text(CURSOR).orElse(null), limit);
        String last =
                page.isEmpty() ? null : page.get(page.size() - 1).request().name();
        // A page of large jobs has fewer than the limit, and need not be the last one.
        String next = last == null || hooks().list(last, 1).isEmpty() ? null : last;
        return Answer.json(HookJson.PAGE, new HookJson.Page(page, next, limit));
    }

    private Answer put(Call call) {
        return Answer.after(hooks().put(HookBody.read(call)), HookRoutes::shown);
    }

    private Answer show(Call call) {
        return shown(hooks().get(call.path("name")));
    }

    private Answer remove(Call call) {
        return Answer.after(hooks().remove(call.path("name")), removed -> Answer.none());
    }

    private Answer call(Call call) {
        Map<String, String> headers = new HashMap<>();
        call.request()
                .getHeaders()
                .forEach(header -> headers.merge(
                        header.getName().toLowerCase(Locale.ROOT),
                        String.valueOf(header.getValue()),
                        (first, second) -> first));
        CompletionStage<HookReceipt> receipt =
                hooks().receive(call.path("name"), HookCall.of(headers, call.parameters(), call.bytes()));
        return Answer.after(
                receipt.exceptionally(failure -> {
                    throw told(call, FutureFailure.cause(failure));
                }),
                done -> Answer.json(HookJson.RECEIPT, done));
    }

    /** Counts a wrong proof as a wrong token is counted. */
    private RuntimeException told(Call call, Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == ProblemCode.HOOK_REFUSED
                ? access.wrong(call.request(), problem)
                : FutureFailure.unchecked(failure);
    }

    private Answer preview(Call call) {
        return Answer.json(HookJson.PREVIEW, hooks().preview(call.path("name"), HookBody.preview(call)));
    }

    private Answer deliveries(Call call) {
        int limit = call.integer(CALL_LIMIT);
        List<Delivery> found = hooks().deliveries(call.path("name"), call.longInteger(BEFORE), limit);
        return Answer.json(HookJson.CALLS, new HookJson.Calls(found, limit));
    }

    private Hooks hooks() {
        return parts.hooks().get();
    }

    private static Answer shown(HookEntry hook) {
        return Answer.json(HookJson.ENTRY, hook);
    }
}

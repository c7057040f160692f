package dev.pawl.http.resource;

import dev.pawl.http.answer.InboxJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.repeat.IdempotencyKey;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.CallbackInbox;
import dev.pawl.service.inbox.NewCallback;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of the inbox of callbacks, which clients of an older engine use as it is. */
public final class InboxRoutes {

    private static final BodyShape SHAPE = BodyShape.open(
            BodyShape.optional(
                    "callback_id", Kind.TEXT, "The sender's name for it, at most 200 characters; need not be unique."),
            BodyShape.optional("source", Kind.TEXT, "The name of the sender, at most 200 characters."),
            BodyShape.optional("status", Kind.TEXT, "A word for how the work ended, at most 200 characters."),
            BodyShape.optional("payload", Kind.ANY, "What it says: any JSON of at most 1 MiB; by default {}."));

    private static final Query SOURCE = Query.text("source", 200, "Only those of this source.");
    private static final Query CALLBACK_ID = Query.text("callback_id", 200, "Only those with this callback_id.");
    private static final Query LIMIT =
            Query.limit(CallbackInbox.MOST_ON_PAGE, 100, "The greatest number of callbacks.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");

    private final Services parts;

    public InboxRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.post(
                                "/callbacks",
                                Role.WORKER,
                                "Keeps a callback of a program that has worked for a job; starts the job of the hook that"
                                        + " takes those of its source.",
                                DeclaredAnswer.json(() -> InboxJson.RECEIPT, "The receipt: it is on disk."),
                                this::receive)
                        .body(SHAPE)
                        .repeated(Repetition.KEPT),
                Route.get(
                                "/callbacks",
                                Role.VIEWER,
                                "The received callbacks, the latest first.",
                                DeclaredAnswer.json(() -> InboxJson.PAGE, "The callbacks."),
                                this::list)
                        .query(SOURCE, CALLBACK_ID, LIMIT, CURSOR),
                Route.get(
                                "/callbacks/{id}",
                                Role.VIEWER,
                                "One received callback.",
                                DeclaredAnswer.json(() -> InboxJson.CALLBACK, "The callback."),
                                this::show)
                        .problems(ProblemCode.NOT_IN_INBOX),
                Route.delete(
                                "/callbacks/{id}",
                                Role.OPERATOR,
                                "Removes a received callback.",
                                DeclaredAnswer.json(() -> InboxJson.REMOVED, "It is removed."),
                                this::remove)
                        .problems(ProblemCode.NOT_IN_INBOX));
    }

    private Answer receive(Call call) {
        Fields body = call.fields();
        try {
            var callback = new NewCallback(
                    body.optionalText("callback_id").orElse(null),
                    body.optionalText("source").orElse(null),
                    body.optionalText("status").orElse(null),
                    body.any("payload").orElse(Map.of()),
                    call.request().getHeaders().get(IdempotencyKey.HEADER));
            return Answer.after(inbox().receive(callback), receipt -> Answer.json(InboxJson.RECEIPT, receipt));
        } catch (IllegalArgumentException e) { // the message names field, value and remedy
            throw new ProblemException(ProblemCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        String source = call.text(SOURCE).orElse(null);
        String callbackId = call.text(CALLBACK_ID).orElse(null);
        long before = call.text(CURSOR).map(InboxRoutes::number).orElse(Long.MAX_VALUE);
        List<ReceivedCallback> page = inbox().list(new CallbackFilter(source, callbackId, before, limit));
        String next = page.isEmpty() ? null : next(source, callbackId, page.get(page.size() - 1));
        return Answer.json(InboxJson.PAGE, new InboxJson.Page(page, next, limit));
    }

    /** A page of large callbacks has fewer than the limit, and need not be the last one. */
    private @Nullable String next(@Nullable String source, @Nullable String callbackId, ReceivedCallback last) {
        boolean isLast = inbox().list(new CallbackFilter(source, callbackId, last.n(), 1))
                .isEmpty();
        return isLast ? null : String.valueOf(last.n());
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "cursor is none of this list; it takes next_cursor of an earlier page.", e);
        }
    }

    private Answer show(Call call) {
        return Answer.json(InboxJson.CALLBACK, inbox().get(id(call)));
    }

    private Answer remove(Call call) {
        UUID id = id(call);
        return Answer.after(inbox().remove(id), removed -> Answer.json(InboxJson.REMOVED, id));
    }

    private static UUID id(Call call) {
        String given = call.path("id");
        return Kind.UUID
                .convert(given)
                .map(UUID.class::cast)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_IN_INBOX,
                        "There is no callback \"" + (given.length() <= 40 ? given : given.substring(0, 40) + "…")
                                + "\"."));
    }

    private CallbackInbox inbox() {
        return parts.inbox().get();
    }
}

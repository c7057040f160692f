package dev.pawl.http.resource;

import dev.pawl.http.answer.NotificationJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEntry;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.problem.ProblemCode;
import java.util.List;

/** The routes of notifications: rules by which people and programs are told of jobs. */
public final class NotificationRoutes {

    private static final String ALL = "/notifications";
    private static final String ONE = "/notifications/{name}";

    private static final Query LIMIT =
            Query.limit(Notifications.MOST_ON_PAGE, 100, "The greatest number of notifications.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");
    private static final Query MESSAGE_LIMIT =
            Query.limit(Notifications.MOST_ON_PAGE, 100, "The greatest number of messages.");
    private static final Query BEFORE =
            Query.integer("before", 0, Long.MAX_VALUE, Long.MAX_VALUE, "Only messages with a number before this.");

    private final Services parts;

    public NotificationRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        DeclaredAnswer rule = DeclaredAnswer.json(
                () -> NotificationJson.ENTRY, "The notification as it is now, its address and secret masked.");
        return List.of(
                Route.get(
                                ALL,
                                Role.OPERATOR,
                                "The notifications, by name, their addresses and secrets masked.",
                                DeclaredAnswer.json(() -> NotificationJson.PAGE, "The notifications."),
                                this::list)
                        .query(LIMIT, CURSOR),
                Route.put(ONE, Role.ADMIN, "Makes a notification, or replaces the one of this name.", rule, this::put)
                        .body(NotificationBody.SHAPE)
                        .problems(
                                ProblemCode.INVALID_NOTIFICATION,
                                ProblemCode.NOTIFICATION_CHANGED,
                                ProblemCode.TOO_MANY_NOTIFICATIONS,
                                ProblemCode.SECRET_KEY_MISSING,
                                ProblemCode.SECRET_UNREADABLE),
                Route.get(ONE, Role.OPERATOR, "One notification, its address and secret masked.", rule, this::show)
                        .problems(ProblemCode.UNKNOWN_NOTIFICATION),
                Route.delete(
                                ONE,
                                Role.ADMIN,
                                "Removes a notification with its messages, also those that wait.",
                                DeclaredAnswer.none("It is removed."),
                                this::remove)
                        .problems(ProblemCode.UNKNOWN_NOTIFICATION),
                Route.post(
                                ONE + "/test",
                                Role.OPERATOR,
                                "Sends a test by the way of all messages, also while it is paused, and waits for what it comes"
                                        + " to; it is tried once.",
                                DeclaredAnswer.json(
                                        () -> NotificationJson.MESSAGE,
                                        "The test with its try; still waiting when that takes over half a minute."),
                                this::test)
                        .problems(ProblemCode.UNKNOWN_NOTIFICATION),
                Route.get(
                                ONE + "/deliveries",
                                Role.OPERATOR,
                                "The last messages of a notification with their tries, the latest first.",
                                DeclaredAnswer.json(() -> NotificationJson.MESSAGES, "The messages."),
                                this::deliveries)
                        .query(MESSAGE_LIMIT, BEFORE)
                        .problems(ProblemCode.UNKNOWN_NOTIFICATION));
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        List<NotificationEntry> page = notifications().list(call.text(CURSOR).orElse(null), limit);
        String last = page.isEmpty() ? null : page.get(page.size() - 1).rule().name();
        // A page of large rules has fewer than the limit, and need not be the last one.
        String next = last == null || notifications().list(last, 1).isEmpty() ? null : last;
        return Answer.json(NotificationJson.PAGE, new NotificationJson.Page(page, next, limit));
    }

    private Answer put(Call call) {
        return Answer.after(notifications().put(NotificationBody.read(call)), NotificationRoutes::shown);
    }

    private Answer show(Call call) {
        return shown(notifications().get(call.path("name")));
    }

    private Answer remove(Call call) {
        return Answer.after(notifications().remove(call.path("name")), removed -> Answer.none());
    }

    private Answer test(Call call) {
        return Answer.after(
                notifications().test(call.path("name")), message -> Answer.json(NotificationJson.MESSAGE, message));
    }

    private Answer deliveries(Call call) {
        int limit = call.integer(MESSAGE_LIMIT);
        List<Notification> found = notifications().deliveries(call.path("name"), call.longInteger(BEFORE), limit);
        return Answer.json(NotificationJson.MESSAGES, new NotificationJson.Messages(found, limit));
    }

    private Notifications notifications() {
        return parts.notifications().get();
    }

    private static Answer shown(NotificationEntry rule) {
        return Answer.json(NotificationJson.ENTRY, rule);
    }
}

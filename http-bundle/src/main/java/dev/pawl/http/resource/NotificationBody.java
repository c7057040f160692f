package dev.pawl.http.resource;

import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Call;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Set;

/** The body of a request for a notification. */
final class NotificationBody {

    private static final NotificationEvent[] ON = {
        NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING, NotificationEvent.MISSED
    };

    static final BodyShape SHAPE = BodyShape.of(
            BodyShape.optional(
                    "on",
                    Kind.TEXTS,
                    "The outcomes that it tells of: failed; completed_after_failing, of the same title and modules; missed,"
                            + " for due times of schedules that got no job."),
            BodyShape.optional("running_longer_than", Kind.DURATION, "Tells of jobs that run for longer, 10s to 365d."),
            BodyShape.optional(
                    "waiting_longer_than", Kind.DURATION, "Tells of jobs that wait for longer, 10s to 365d."),
            BodyShape.optional(
                    "modules",
                    Kind.TEXTS,
                    "The modules of which a job has one at least; by default all jobs are told."),
            BodyShape.optional(
                    "title",
                    Kind.TEXT,
                    "The title of the jobs, in which * stands for any text, upper and lower case alike; by default any."),
            BodyShape.required(
                    "format", Kind.TEXT, "The form of its messages: json, slack, teams, discord, ntfy or email."),
            BodyShape.optional(
                    "url",
                    Kind.SECRET,
                    "The address of the receiver, or a reference such as ${secret:name}; ******** keeps it. With ntfy that of"
                            + " the topic."),
            BodyShape.optional(
                    "secret",
                    Kind.SECRET,
                    "With json the key of the signature, with ntfy an access token, or a reference; ******** keeps it."),
            BodyShape.optional("to", Kind.TEXTS, "With email: 1 to 20 mail addresses."),
            BodyShape.optional(
                    "group_for",
                    Kind.DURATION,
                    "How long a first message waits for more of its kind, 0s to 1h; by default 10s."),
            BodyShape.optional(
                    "quiet_for",
                    Kind.DURATION,
                    "How long the next message of its kind waits after one, 0s to 7d; by default 5m."),
            BodyShape.optional("paused", Kind.BOOLEAN, "Whether nothing is told; by default false."));

    private NotificationBody() {}

    static NotificationRule read(Call call) {
        Fields body = call.fields();
        NotificationFormat format = body.choice("format", NotificationFormat.values(), NotificationFormat::wireName)
                .orElseThrow();
        Set<NotificationEvent> on = Set.copyOf(body.choices("on", ON, NotificationEvent::wireName));
        try {
            return new NotificationRule(
                    call.path("name"),
                    on,
                    body.duration("running_longer_than").orElse(null),
                    body.duration("waiting_longer_than").orElse(null),
                    Set.copyOf(body.texts("modules")),
                    body.optionalText("title").orElse(null),
                    new NotificationTarget(
                            format,
                            body.optionalText("url").orElse(null),
                            body.optionalText("secret").orElse(null),
                            body.texts("to")),
                    body.duration("group_for").orElse(NotificationRule.USUAL_GROUP),
                    body.duration("quiet_for").orElse(NotificationRule.USUAL_QUIET),
                    body.has("paused") && body.bool("paused"));
        } catch (IllegalArgumentException e) { // the message names field, value and remedy
            throw new ProblemException(ProblemCode.INVALID_NOTIFICATION, String.valueOf(e.getMessage()), e);
        }
    }
}

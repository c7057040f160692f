package dev.pawl.http.resource;

import dev.pawl.api.module.Role;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.service.access.Actor;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.After;
import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The body of a request for a job: one module with its inputs, or a list of tasks. */
final class JobBody {

    private static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LEAST_CAP = Duration.ofHours(1);

    private static final BodyShape TASK = BodyShape.of(
            BodyShape.required("module", Kind.TEXT, "The id of the module that executes it."),
            BodyShape.optional("data", Kind.INPUTS, "Its inputs by name."));

    private static final BodyShape RETRY = BodyShape.of(
            BodyShape.required("max_attempts", Kind.INTEGER, "The number of attempts including the first, 1 to 100."),
            BodyShape.optional(
                    "backoff", Kind.DURATION, "The first pause, by default 10s; doubled after each attempt."),
            BodyShape.optional(
                    "max_backoff", Kind.DURATION, "The longest pause; by default 1h, or backoff when that is longer."));

    static final BodyShape SHAPE = BodyShape.of(
            BodyShape.optional(
                    "module_id", Kind.TEXT, "The id of a module, for a job of one task. Either this or tasks."),
            BodyShape.optional("inputs", Kind.INPUTS, "With module_id: its inputs by name, at most 1 MiB."),
            BodyShape.optional(
                            "tasks", Kind.OBJECTS, "The tasks in order, 1 to 1,000; all inputs together at most 1 MiB.")
                    .of(TASK),
            BodyShape.optional(
                    "job_title", Kind.TEXT, "A title for people, 1 to 10,000 characters; by default the first module."),
            BodyShape.optional(
                    "settings", Kind.OBJECT, "Settings that override the modules' own, by name; at most 1 MiB."),
            BodyShape.optional(
                    "max_duration", Kind.DURATION, "The longest time it may run, all runs together; at most 365d."),
            BodyShape.optional("priority", Kind.INTEGER, "Higher runs first; -1,000 to 1,000, by default 0."),
            BodyShape.optional("retry", Kind.OBJECT, "The policy for retries after a failure; by default none.")
                    .of(RETRY),
            BodyShape.optional(
                    "unique_key",
                    Kind.TEXT,
                    "While a job with this key is pending or running, no other one gets it; 1 to 200 characters."),
            BodyShape.optional(
                    "unique_for",
                    Kind.DURATION,
                    "The time after its end during which the job still holds its unique key; by default none, at most 365d."),
            BodyShape.optional(
                    "on_conflict",
                    Kind.TEXT,
                    "When another job holds the unique key: return answers with that job if its modules, inputs and "
                            + "settings are the same, and is the default; reject refuses; replace stops that job and "
                            + "answers when the new one has taken its place."),
            BodyShape.optional(
                    "callback_url",
                    Kind.TEXT,
                    "An http or https address that gets a signed POST with the job's JSON at its end; at most 2,000 characters."
                            + " Whoever sees the job sees it."),
            BodyShape.optional(
                    "callback_events",
                    Kind.TEXTS,
                    "With callback_url: the events to be told of, some of running, completed, failed and stopped; by default the"
                            + " last three."),
            BodyShape.optional(
                    "callback_secret",
                    Kind.TEXT,
                    "With callback_url: the name of the server's secret with which the request is signed; by default its key for"
                            + " callbacks."),
            BodyShape.optional("not_before", Kind.TIME, "The earliest time at which it may start; by default at once."),
            BodyShape.optional("scheduled_for", Kind.TIME, "The same as not_before."),
            BodyShape.optional(
                    "after",
                    Kind.TEXTS,
                    "The jobs that must end before it starts, by id or a unique prefix, at most 1,000; within a batch also "
                            + "by place, such as jobs[0]."),
            BodyShape.optional(
                    "on",
                    Kind.TEXT,
                    "With after: completed waits for their completion, fails when one of them fails, is stopped or is "
                            + "removed, and is the default; ended waits for their end, whatever it is."));

    private JobBody() {}

    /**
     * Reads the object of this shape within a body, or the whole.
     *
     * @param actor the caller, whose role and bounds the job has
     * @param place the place of the job in a trace
     */
    static JobRequest read(Fields body, Actor actor, Optional<TraceParent> place) {
        try {
            JobRequest.Builder request = JobRequest.builder(tasks(body)).settings(body.object("settings"));
            request.role(Role.of(actor.role().wireName()));
            body.optionalText("job_title").ifPresent(request::title);
            body.duration("max_duration").ifPresent(request::maxDuration);
            body.integer("priority").map(JobBody::clamped).ifPresent(request::priority);
            body.fields("retry").map(JobBody::retry).ifPresent(request::retry);
            body.optionalText("unique_key").ifPresent(request::uniqueKey);
            body.duration("unique_for").ifPresent(request::uniqueFor);
            body.choice("on_conflict", OnConflict.values(), OnConflict::wireName)
                    .ifPresent(request::onConflict);
            if (body.has("not_before") && body.has("scheduled_for")) {
                throw malformed(body.named("not_before") + " and scheduled_for mean the same; give one of them.");
            }
            body.time("not_before").or(() -> body.time("scheduled_for")).ifPresent(request::notBefore);
            callback(body).ifPresent(request::callback);
            place.ifPresent(request::traceParent);
            request.after(after(body));
            JobRequest whole = request.build();
            BoundCheck.requireRequest(actor.principal(), whole);
            return whole;
        } catch (IllegalArgumentException e) { // a value outside its range: the message names both
            throw new ProblemException(ProblemCode.INVALID_JOB, String.valueOf(e.getMessage()), e);
        }
    }

    private static After after(Fields body) {
        Optional<After.On> on = body.choice("on", After.On.values(), After.On::wireName);
        if (on.isPresent() && !body.has("after")) {
            throw malformed(body.named("on") + " belongs to after, which is missing.");
        }
        return new After(body.texts("after"), on.orElse(After.On.COMPLETED));
    }

    private static List<Task> tasks(Fields body) {
        if (body.has("tasks")) {
            if (body.has("module_id") || body.has("inputs")) {
                throw malformed(
                        body.named("module_id") + " and inputs cannot be combined with tasks; give one or the other.");
            }
            List<Task> tasks = new ArrayList<>();
            for (Fields task : body.list("tasks")) {
                tasks.add(new Task(module(task.named("module"), task.text("module")), task.object("data")));
            }
            return tasks;
        }
        String module = body.optionalText("module_id")
                .orElseThrow(() -> malformed(body.named("module_id")
                        + " is missing; it takes the id of a module. Or give tasks, a list of {module, data}."));
        return List.of(new Task(module(body.named("module_id"), module), body.object("inputs")));
    }

    private static Optional<Callback> callback(Fields body) {
        Optional<String> url = body.optionalText("callback_url");
        if (url.isEmpty()) {
            for (String name : List.of("callback_events", "callback_secret")) {
                if (body.has(name)) {
                    throw malformed(body.named(name) + " needs a callback_url; none is given.");
                }
            }
            return Optional.empty();
        }
        Set<CallbackEvent> events = body.has("callback_events")
                ? new HashSet<>(body.choices("callback_events", CallbackEvent.values(), CallbackEvent::wireName))
                : CallbackEvent.ENDS;
        return Optional.of(new Callback(
                url.get(), events, body.optionalText("callback_secret").orElse(null)));
    }

    private static String module(String field, String id) {
        if (!TextLimit.ID.fits(id)) {
            throw malformed(field + " has " + id.length() + " characters; it takes 1 to " + TextLimit.ID.characters()
                    + ", not all of them blank.");
        }
        return id;
    }

    private static RetryPolicy retry(Fields retry) {
        Duration backoff = retry.duration("backoff").orElse(DEFAULT_BACKOFF);
        Duration cap = retry.duration("max_backoff").orElse(backoff.compareTo(LEAST_CAP) > 0 ? backoff : LEAST_CAP);
        return new RetryPolicy(clamped(retry.integer("max_attempts").orElseThrow()), backoff, cap);
    }

    /** Clamps a number to an int; one that was outside every range stays outside. */
    private static int clamped(long number) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}

package dev.pawl.http.resource;

import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.JobAction;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The body of a request for an action on many jobs.
 *
 * @param action the action
 * @param dryRun whether the jobs are only counted
 * @param isAsync whether a job carries it out
 * @param cursor where it goes on
 */
record ActionBody(BulkAction action, boolean dryRun, boolean isAsync, Optional<String> cursor) {

    private static final BodyShape FILTER = BodyShape.of(
            BodyShape.optional(
                    "status",
                    Kind.TEXT,
                    "Only jobs in one of these statuses, such as failed,stopped; by default those to which the action applies."),
            BodyShape.optional("module", Kind.TEXT, "Only jobs with a task of this module."),
            BodyShape.optional("q", Kind.TEXT, "Only jobs whose title contains this, or whose id begins with it."),
            BodyShape.optional("since", Kind.TIME, "Only jobs that were requested at this time or later."),
            BodyShape.optional("until", Kind.TIME, "Only jobs that were requested before this time."),
            BodyShape.optional("before", Kind.TIME, "The same as until."));

    static final BodyShape SHAPE = BodyShape.of(
            BodyShape.required("action", Kind.TEXT, "stop, retry, remove or prioritize."),
            BodyShape.optional("filter", Kind.OBJECT, "The jobs, by at least one condition. Either this or ids.")
                    .of(FILTER),
            BodyShape.optional("ids", Kind.TEXTS, "The jobs, by id or a unique prefix, at most 1,000."),
            BodyShape.optional("except", Kind.TEXTS, "With filter: jobs that are left alone, at most 1,000."),
            BodyShape.optional("priority", Kind.INTEGER, "With prioritize: the new priority, -1,000 to 1,000."),
            BodyShape.optional("dry_run", Kind.BOOLEAN, "Only counts the jobs; by default false."),
            BodyShape.optional(
                    "async", Kind.BOOLEAN, "Whether a job carries it out in the background; by default false."),
            BodyShape.optional("cursor", Kind.TEXT, "Goes on from next_cursor of the answer before."));

    static ActionBody read(Fields body) {
        JobAction action =
                body.choice("action", JobAction.values(), JobAction::wireName).orElseThrow();
        boolean dryRun = body.has("dry_run") && body.bool("dry_run");
        boolean isAsync = body.has("async") && body.bool("async");
        if (isAsync && (dryRun || body.has("cursor"))) {
            throw malformed("async cannot be combined with dry_run or cursor; a job carries out the whole action.");
        }
        try {
            return new ActionBody(
                    new BulkAction(
                            action,
                            body.fields("filter").map(ActionBody::filter).orElse(null),
                            body.texts("ids"),
                            body.texts("except"),
                            body.integer("priority").map(ActionBody::clamped).orElse(null)),
                    dryRun,
                    isAsync,
                    body.optionalText("cursor"));
        } catch (IllegalArgumentException e) { // the message names field, value and remedy
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static JobFilter filter(Fields given) {
        if (given.has("until") && given.has("before")) {
            throw malformed(given.named("until") + " and before mean the same; give one of them.");
        }
        JobFilter filter = JobFilter.all();
        filter = given.optionalText("status")
                .map(ActionBody::statuses)
                .map(filter::withStatuses)
                .orElse(filter);
        filter = given.optionalText("module").map(filter::withModule).orElse(filter);
        filter = given.optionalText("q")
                .filter(text -> !text.isBlank()) // it would let all jobs through
                .map(filter::withText)
                .orElse(filter);
        filter = given.time("since").map(filter::since).orElse(filter);
        return given.time("until")
                .or(() -> given.time("before"))
                .map(filter::until)
                .orElse(filter);
    }

    private static Set<JobStatus> statuses(String words) {
        Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
        for (String word : words.split(",", -1)) {
            statuses.add(Arrays.stream(JobStatus.values())
                    .filter(status -> status.wireName().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> malformed("filter.status has \"" + word + "\"; it takes "
                            + Arrays.stream(JobStatus.values())
                                    .map(JobStatus::wireName)
                                    .collect(Collectors.joining(", "))
                            + ".")));
        }
        return statuses;
    }

    /** Clamps a number to an int; one that was outside every range stays outside. */
    private static int clamped(long number) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}

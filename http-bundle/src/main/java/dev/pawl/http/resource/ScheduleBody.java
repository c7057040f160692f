package dev.pawl.http.resource;

import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Call;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.schedule.Timing;
import java.util.Optional;

/** The bodies of requests for schedules. */
final class ScheduleBody {

    private static final long DEFAULT_COUNT = 10;

    private static final BodyShape.Member CRON = BodyShape.optional(
            "cron",
            Kind.TEXT,
            "A cron expression: 5 fields, or 6 with seconds first, or a word such as @daily. Either this or every.");
    private static final BodyShape.Member EVERY =
            BodyShape.optional("every", Kind.DURATION, "An interval, 1s to 3650d, counted from start_at.");
    private static final BodyShape.Member TIME_ZONE = BodyShape.optional(
            "time_zone",
            Kind.TEXT,
            "The IANA name of the zone whose local time cron means, such as Europe/Berlin; by default the server's.");
    private static final BodyShape.Member START_AT =
            BodyShape.optional("start_at", Kind.TIME, "The earliest due time; by default none.");
    private static final BodyShape.Member END_AT =
            BodyShape.optional("end_at", Kind.TIME, "The latest due time, after start_at; by default none.");

    static final BodyShape SHAPE = BodyShape.of(
            CRON,
            EVERY,
            TIME_ZONE,
            BodyShape.required("job", Kind.OBJECT, "The job that it starts, as POST /jobs takes it.")
                    .of(JobBody.SHAPE),
            BodyShape.optional(
                    "overlap",
                    Kind.TEXT,
                    "When an earlier job has not ended: skip starts none, and is the default; queue lets the new one "
                            + "wait; allow starts it beside; replace stops the earlier one first."),
            BodyShape.optional(
                    "missed",
                    Kind.TEXT,
                    "For due times that passed while the server was down: once starts one job for all of them, and is "
                            + "the default; skip starts none; all starts one for each, at most 1,000."),
            BodyShape.optional(
                    "jitter", Kind.DURATION, "The longest time by which a job is put off, up to 1d; by default 0s."),
            START_AT,
            END_AT,
            BodyShape.optional("paused", Kind.BOOLEAN, "Whether its due times pass without a job; by default false."));

    static final BodyShape PREVIEW = BodyShape.of(
            CRON,
            EVERY,
            TIME_ZONE,
            START_AT,
            END_AT,
            BodyShape.optional("count", Kind.INTEGER, "The number of due times, 1 to 1,000; by default 10."));

    private ScheduleBody() {}

    /** Reads a request for a schedule. */
    static ScheduleRequest read(Call call) {
        Fields body = call.fields();
        JobRequest job = JobBody.read(body.fields("job").orElseThrow(), call.actor(), Optional.empty());
        Overlap overlap =
                body.choice("overlap", Overlap.values(), Overlap::wireName).orElse(Overlap.SKIP);
        Missed missed = body.choice("missed", Missed.values(), Missed::wireName).orElse(Missed.ONCE);
        boolean paused = body.has("paused") && body.bool("paused");
        Timing timing = timing(body, true);
        try {
            return new ScheduleRequest(call.path("name"), timing, job, overlap, missed, paused);
        } catch (IllegalArgumentException e) { // the message names field, value and remedy
            throw new ProblemException(ProblemCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads the timing of a preview. */
    static Timing timing(Fields preview) {
        return timing(preview, false);
    }

    /** Reads the number of due times of a preview. */
    static int count(Fields preview) {
        long count = preview.integer("count").orElse(DEFAULT_COUNT);
        if (count < 1 || count > Schedules.MOST_TIMES) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "count is " + count + "; it takes 1 to " + Schedules.MOST_TIMES + ".");
        }
        return (int) count;
    }

    private static Timing timing(Fields body, boolean mayHaveJitter) {
        try {
            return new Timing(
                    body.optionalText("cron").orElse(null),
                    body.duration("every").orElse(null),
                    body.optionalText("time_zone").orElse(null),
                    body.time("start_at").orElse(null),
                    body.time("end_at").orElse(null),
                    mayHaveJitter ? body.duration("jitter").orElse(null) : null);
        } catch (IllegalArgumentException e) { // the message names field, value and remedy
            throw new ProblemException(ProblemCode.INVALID_SCHEDULE, String.valueOf(e.getMessage()), e);
        }
    }
}

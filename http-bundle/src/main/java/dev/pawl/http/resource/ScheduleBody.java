package dev.pawl.http.resource;

import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Call;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.DeclaredSchedules;
import dev.pawl.service.schedule.DeclaredSchedules.Declared;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.schedule.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The bodies of requests for schedules. */
final class ScheduleBody {

    private static final long DEFAULT_COUNT = 10;
    private static final String DEFAULT_SET = "schedules";

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

    private static final List<BodyShape.Member> MEMBERS = List.of(
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

    static final BodyShape SHAPE = BodyShape.of(MEMBERS.toArray(new BodyShape.Member[0]));

    static final BodyShape SET = BodyShape.of(
            BodyShape.optional(
                    "set",
                    Kind.TEXT,
                    "The name of the set, by default schedules. What it declared before and no longer does is removed."),
            BodyShape.required("schedules", Kind.OBJECTS, "Its schedules, at most 10,000; may be empty.")
                    .of(BodyShape.of(Stream.concat(
                                    Stream.of(BodyShape.required("name", Kind.TEXT, "The schedule's name.")),
                                    MEMBERS.stream())
                            .toArray(BodyShape.Member[]::new))),
            BodyShape.optional("dry_run", Kind.BOOLEAN, "Whether the changes are only shown; by default false."));

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
        return read(call.path("name"), call.fields(), call);
    }

    private static ScheduleRequest read(String name, Fields body, Call call) {
        JobRequest job = JobBody.read(body.fields("job").orElseThrow(), call.actor(), Optional.empty());
        Overlap overlap =
                body.choice("overlap", Overlap.values(), Overlap::wireName).orElse(Overlap.SKIP);
        Missed missed = body.choice("missed", Missed.values(), Missed::wireName).orElse(Missed.ONCE);
        boolean paused = body.has("paused") && body.bool("paused");
        Timing timing = timing(body, true);
        return valid(() -> new ScheduleRequest(name, timing, job, overlap, missed, paused));
    }

    /** Reads a set of schedules. */
    static DeclaredSchedules readSet(Call call) {
        Fields body = call.fields();
        List<Declared> schedules = new ArrayList<>();
        for (Fields schedule : body.list("schedules")) {
            String name = schedule.text("name");
            try {
                schedules.add(new Declared(read(name, schedule, call), schedule.has("paused")));
            } catch (ProblemException e) {
                String detail = String.valueOf(e.getMessage());
                throw detail.startsWith("schedules[")
                        ? e
                        : new ProblemException(
                                e.code(), schedule.named("name").replace(".name", "") + ": " + detail, e);
            }
        }
        return valid(() -> new DeclaredSchedules(body.optionalText("set").orElse(DEFAULT_SET), schedules));
    }

    /** Makes a value whose constructor names field, value and remedy when it refuses. */
    private static <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
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

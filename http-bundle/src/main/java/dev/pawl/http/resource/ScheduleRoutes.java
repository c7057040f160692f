package dev.pawl.http.resource;

import dev.pawl.http.answer.ScheduleJson;
import dev.pawl.http.body.Fields;
import dev.pawl.http.condition.ChangeCondition;
import dev.pawl.http.condition.EntityTag;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.DeclaredSchedules;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.ScheduleEntry;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.schedule.UpcomingFire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The routes of schedules, and of the times at which they are due. */
public final class ScheduleRoutes {

    private static final Duration DAY = Duration.ofDays(1);

    private static final Query LIMIT = Query.limit(Schedules.MOST_ON_PAGE, 100, "The greatest number of schedules.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");
    private static final Query FIRE_LIMIT = Query.limit(Schedules.MOST_FIRES, 100, "The greatest number of due times.");
    private static final Query BEFORE = Query.time("before", "Only due times before this, the latest ones.");
    private static final Query FROM = Query.time("from", "Only due times from this on; by default from now.");
    private static final Query TO = Query.time("to", "Only due times before this; by default a day after from.");
    private static final Query TIMES =
            Query.limit(Schedules.MOST_TIMES, Schedules.MOST_TIMES, "The greatest number of due times.");

    private static final Header CONDITION = new Header("If-Match", "The ETag of the version that the change is for.");
    private static final Header NONE_YET = new Header("If-None-Match", "*, when there must be none of that name yet.");

    private final Services parts;

    public ScheduleRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        DeclaredAnswer schedule = DeclaredAnswer.json(() -> ScheduleJson.ENTRY, "The schedule as it is now.")
                .with(new Header("ETag", "Its version, which changes when someone changes it."));
        return List.of(
                Route.get(
                                "/schedules",
                                Role.VIEWER,
                                "The schedules, by name.",
                                DeclaredAnswer.json(() -> ScheduleJson.PAGE, "The schedules."),
                                this::list)
                        .query(LIMIT, CURSOR),
                Route.get(
                                "/schedules/upcoming",
                                Role.VIEWER,
                                "The due times of all schedules that are not paused, in order.",
                                DeclaredAnswer.json(() -> ScheduleJson.UPCOMING, "The due times."),
                                this::upcoming)
                        .query(FROM, TO, TIMES),
                Route.post(
                                "/schedules/preview",
                                Role.VIEWER,
                                "Shows when a schedule would be due, without keeping it.",
                                DeclaredAnswer.json(() -> ScheduleJson.PREVIEW, "Its rule and its next due times."),
                                this::preview)
                        .body(ScheduleBody.PREVIEW)
                        .problems(ProblemCode.INVALID_SCHEDULE),
                Route.post(
                                "/schedules/apply",
                                Role.OPERATOR,
                                "Makes the schedules of a set what it declares; those of others stay as they are.",
                                DeclaredAnswer.json(() -> ScheduleJson.APPLIED, "The changes, by name."),
                                this::apply)
                        .body(ScheduleBody.SET)
                        .problems(
                                ProblemCode.INVALID_SCHEDULE,
                                ProblemCode.SCHEDULE_CHANGED,
                                ProblemCode.INVALID_JOB,
                                ProblemCode.INVALID_INPUT,
                                ProblemCode.INVALID_SETTING,
                                ProblemCode.ROLE_NEEDED,
                                ProblemCode.SECRET_KEY_MISSING),
                Route.put(
                                "/schedules/{name}",
                                Role.OPERATOR,
                                "Makes a schedule, or replaces the one of this name; its history stays.",
                                schedule,
                                this::put)
                        .header(CONDITION, NONE_YET)
                        .body(ScheduleBody.SHAPE)
                        .problems(
                                ProblemCode.CHANGED_MEANWHILE,
                                ProblemCode.INVALID_SCHEDULE,
                                ProblemCode.SCHEDULE_CHANGED,
                                ProblemCode.INVALID_JOB,
                                ProblemCode.INVALID_INPUT,
                                ProblemCode.INVALID_SETTING,
                                ProblemCode.ROLE_NEEDED,
                                ProblemCode.SECRET_KEY_MISSING),
                Route.get("/schedules/{name}", Role.VIEWER, "One schedule.", schedule, this::show)
                        .problems(ProblemCode.UNKNOWN_SCHEDULE),
                Route.delete(
                                "/schedules/{name}",
                                Role.OPERATOR,
                                "Removes a schedule and its history; its jobs stay.",
                                DeclaredAnswer.none("It is removed."),
                                this::remove)
                        .problems(ProblemCode.UNKNOWN_SCHEDULE, ProblemCode.SCHEDULE_CHANGED),
                Route.post(
                                "/schedules/{name}/pause",
                                Role.OPERATOR,
                                "Pauses a schedule: its due times pass without a job.",
                                schedule,
                                this::pause)
                        .problems(ProblemCode.UNKNOWN_SCHEDULE, ProblemCode.SCHEDULE_CHANGED),
                Route.post(
                                "/schedules/{name}/resume",
                                Role.OPERATOR,
                                "Ends the pause of a schedule, which is next due at its first due time after now.",
                                schedule,
                                this::resume)
                        .problems(ProblemCode.UNKNOWN_SCHEDULE, ProblemCode.SCHEDULE_CHANGED),
                Route.post(
                                "/schedules/{name}/run",
                                Role.OPERATOR,
                                "Starts one job of a schedule now, paused or not, whatever its earlier jobs do.",
                                DeclaredAnswer.json(() -> ScheduleJson.RUN, "The job."),
                                this::run)
                        .problems(
                                ProblemCode.UNKNOWN_SCHEDULE,
                                ProblemCode.INVALID_INPUT,
                                ProblemCode.INVALID_SETTING,
                                ProblemCode.ROLE_NEEDED,
                                ProblemCode.UNIQUE_KEY_TAKEN)
                        .repeated(Repetition.KEPT),
                Route.get(
                                "/schedules/{name}/history",
                                Role.VIEWER,
                                "The due times of a schedule and what came of them, the latest first.",
                                DeclaredAnswer.json(() -> ScheduleJson.HISTORY, "The due times."),
                                this::history)
                        .query(FIRE_LIMIT, BEFORE)
                        .problems(ProblemCode.UNKNOWN_SCHEDULE));
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        List<ScheduleEntry> page = schedules().list(call.text(CURSOR).orElse(null), limit);
        String last =
                page.isEmpty() ? null : page.get(page.size() - 1).request().name();
        // A page of large jobs has fewer than the limit, and need not be the last one.
        String next = last == null || schedules().list(last, 1).isEmpty() ? null : last;
        Principal principal = call.actor().principal();
        List<ScheduleEntry> visible = page.stream()
                .filter(entry -> BoundCheck.includes(principal, entry))
                .toList();
        return Answer.json(ScheduleJson.PAGE, new ScheduleJson.Page(visible, next, limit));
    }

    private Answer upcoming(Call call) {
        Instant from = call.time(FROM).orElseGet(() -> parts.clock().get().instant());
        Instant to = call.time(TO).orElseGet(() -> from.plus(DAY));
        if (to.isBefore(from)) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "to is " + to + ", before from, which is " + from + "; give a later one.");
        }
        int limit = call.integer(TIMES);
        List<UpcomingFire> fires = schedules().upcoming(from, to, limit);
        return Answer.json(ScheduleJson.UPCOMING, new ScheduleJson.Upcoming(fires, limit));
    }

    private Answer preview(Call call) {
        Fields body = call.fields();
        return Answer.json(
                ScheduleJson.PREVIEW, schedules().preview(ScheduleBody.timing(body), ScheduleBody.count(body)));
    }

    private Answer put(Call call) {
        ChangeCondition condition = new ChangeCondition(call.request().getHeaders());
        return Answer.after(
                schedules()
                        .put(
                                ScheduleBody.read(call),
                                present -> condition.check(
                                        present.map(ScheduleRoutes::tag).orElse(null))),
                ScheduleRoutes::shown);
    }

    private Answer apply(Call call) {
        DeclaredSchedules declared = ScheduleBody.readSet(call);
        boolean dryRun = call.fields().has("dry_run") && call.fields().bool("dry_run");
        return Answer.after(
                schedules().apply(declared, dryRun),
                changes ->
                        Answer.json(ScheduleJson.APPLIED, new ScheduleJson.Applied(declared.set(), dryRun, changes)));
    }

    private Answer show(Call call) {
        return shown(schedules().get(call.path("name")));
    }

    private Answer remove(Call call) {
        return Answer.after(schedules().remove(call.path("name")), removed -> Answer.none());
    }

    private Answer pause(Call call) {
        return Answer.after(schedules().pause(call.path("name")), ScheduleRoutes::shown);
    }

    private Answer resume(Call call) {
        return Answer.after(schedules().resume(call.path("name")), ScheduleRoutes::shown);
    }

    private Answer run(Call call) {
        return Answer.after(schedules().run(call.path("name")), job -> Answer.json(ScheduleJson.RUN, job));
    }

    private Answer history(Call call) {
        int limit = call.integer(FIRE_LIMIT);
        List<Fire> fires =
                schedules().history(call.path("name"), call.time(BEFORE).orElse(null), limit);
        return Answer.json(ScheduleJson.HISTORY, new ScheduleJson.History(fires, limit));
    }

    private Schedules schedules() {
        return parts.schedules().get();
    }

    private static Answer shown(ScheduleEntry schedule) {
        return Answer.json(ScheduleJson.ENTRY, schedule)
                .with("ETag", tag(schedule.changedAt()).text());
    }

    private static EntityTag tag(Instant changedAt) {
        return EntityTag.of(changedAt.toString());
    }
}

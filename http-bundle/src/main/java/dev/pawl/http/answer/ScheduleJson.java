package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.Job;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.Preview;
import dev.pawl.service.schedule.ScheduleChange;
import dev.pawl.service.schedule.ScheduleChange.Difference;
import dev.pawl.service.schedule.ScheduleEntry;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.schedule.UpcomingFire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schedules on the wire. */
public final class ScheduleJson {

    private static final AnswerShape<Timing> RULE = AnswerShape.<Timing>of("Timing", "When a schedule is due.")
            .optional("cron", TEXT, Timing::cron, "The cron expression by which it is due, unless every is given.")
            .optional("every", TEXT, timing -> text(timing.every()), "The interval in which it is due, such as 90s.")
            .nullable("time_zone", TEXT, Timing::timeZone, "The IANA name of its zone; null for the server's.");

    private static final AnswerShape<Timing> RANGE = AnswerShape.<Timing>of("TimingRange", "The range of due times.")
            .optional("start_at", TIME, Timing::startAt, "The earliest due time, and the origin of every.")
            .optional("end_at", TIME, Timing::endAt, "The latest due time.")
            .optional("jitter", TEXT, timing -> text(timing.jitter()), "The longest time a job is put off.");

    private static final AnswerShape<ScheduleOrigin> ORIGIN = AnswerShape.<ScheduleOrigin>of(
                    "ScheduleOrigin", "The declaration that a schedule comes from.")
            .field(
                    "kind",
                    word(ScheduleOrigin.Kind.values(), ScheduleOrigin.Kind::wireName),
                    ScheduleOrigin::kind,
                    "Whether a file declares it or a module.")
            .field("name", TEXT, ScheduleOrigin::name, "The name of the file's set, or the id of the module.")
            .field("changed", FLAG, ScheduleOrigin::isChanged, "Whether someone has changed the schedule since.");

    /** A schedule. */
    public static final AnswerShape<ScheduleEntry> ENTRY = AnswerShape.<ScheduleEntry>of("Schedule", "A schedule.")
            .field("name", TEXT, entry -> entry.request().name(), "Its name.")
            .all(RULE, entry -> entry.request().timing())
            .field("sentence", TEXT, ScheduleEntry::sentence, "When it is due, for people.")
            .all(RANGE, entry -> entry.request().timing())
            .field("job", JobRequestJson.SHAPE, entry -> entry.request().job(), "The job that it starts.")
            .field(
                    "overlap",
                    word(Overlap.values(), Overlap::wireName),
                    entry -> entry.request().overlap(),
                    "The rule for a due time at which an earlier job has not ended.")
            .field(
                    "missed",
                    word(Missed.values(), Missed::wireName),
                    entry -> entry.request().missed(),
                    "The rule for due times that passed while the server was down.")
            .field("paused", FLAG, entry -> entry.request().paused(), "Whether its due times pass without a job.")
            .nullable("next_at", TIME, ScheduleEntry::nextAt, "When it is due next; null when paused or over.")
            .nullable("last_at", TIME, ScheduleEntry::lastAt, "When it last started a job.")
            .nullable("last_job_id", ID, ScheduleEntry::lastJob, "The id of that job.")
            .nullable("last_status", JobJson.STATUS, ScheduleEntry::lastStatus, "Where that job stands, if it is kept.")
            .field("changed_at", TIME, ScheduleEntry::changedAt, "When someone changed it last.")
            .nullable(
                    "declared_by",
                    ORIGIN,
                    ScheduleEntry::origin,
                    "The declaration it comes from; null when there is none.");

    private static final AnswerShape<Difference> DIFFERENCE = AnswerShape.<Difference>of(
                    "ScheduleDifference", "A field of a schedule that a declaration changes.")
            .field("field", TEXT, Difference::field, "Its name.")
            .nullable("from", TEXT, Difference::from, "The value before; null for none, and for the job.")
            .nullable("to", TEXT, Difference::to, "The declared value; null for none, and for the job.");

    private static final AnswerShape<ScheduleChange> CHANGE = AnswerShape.<ScheduleChange>of(
                    "ScheduleChange", "What is done about a schedule to make it what a set declares.")
            .field("name", TEXT, ScheduleChange::name, "Its name.")
            .field(
                    "change",
                    word(ScheduleChange.Kind.values(), ScheduleChange.Kind::wireName),
                    ScheduleChange::kind,
                    "left is one that does not belong to the set, and stays as it is.")
            .field("differences", listOf(DIFFERENCE), ScheduleChange::differences, "The fields that change.")
            .field("sentence", TEXT, ScheduleChange::sentence, "When it is due, for people.");

    /** The changes that make schedules what a set declares. */
    public static final AnswerShape<Applied> APPLIED = AnswerShape.<Applied>of(
                    "AppliedSchedules", "The changes that make the schedules of a set what it declares.")
            .field("set", TEXT, Applied::set, "The name of the set.")
            .field("dry_run", FLAG, Applied::dryRun, "Whether nothing was changed.")
            .field("changes", listOf(CHANGE), Applied::changes, "What is done about each schedule, by name.");

    /** A page of schedules, by name. */
    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of("SchedulePage", "Schedules, by name.")
            .field("schedules", listOf(ENTRY), Page::schedules, "The schedules.")
            .nullable("next_cursor", TEXT, Page::nextCursor, "The cursor for the next page; null on the last one.")
            .field("limit", INTEGER, Page::limit, "The greatest number of schedules.");

    /** A job that was started out of turn. */
    public static final AnswerShape<Job> RUN = AnswerShape.<Job>of("ScheduleRun", "A job that was started now.")
            .field("job_id", ID, Job::id, "The job's id.");

    static final AnswerShape<Fire> FIRE = AnswerShape.<Fire>of("Fire", "A due time of a schedule.")
            .field("due_at", TIME, Fire::dueAt, "The due time; of several that were missed in a row, the last.")
            .field("fired_at", TIME, Fire::firedAt, "When it got its job, or the reason why there is none.")
            .optional("job_id", ID, Fire::job, "The job that was added.")
            .field("outcome", word(FireOutcome.values(), FireOutcome::wireName), Fire::outcome, "What came of it.")
            .field("detail", TEXT, Fire::detail, "Why there is no job, or what is special about it; often empty.");

    /** The history of a schedule. */
    public static final AnswerShape<History> HISTORY = AnswerShape.<History>of(
                    "ScheduleHistory", "Due times of a schedule, the latest first.")
            .field("fires", listOf(FIRE), History::fires, "The due times.")
            .nullable(
                    "next_before",
                    TIME,
                    ScheduleJson::nextBefore,
                    "The value of before for the due times before these; null when there are none.")
            .field("limit", INTEGER, History::limit, "The greatest number of due times.");

    /** A timing as people read it. */
    public static final AnswerShape<Preview> PREVIEW = AnswerShape.<Preview>of(
                    "SchedulePreview", "The due times of a schedule that is not kept.")
            .field("sentence", TEXT, Preview::sentence, "When it is due, for people.")
            .field("next", listOf(TIME), Preview::next, "The next due times, in order.");

    private static final AnswerShape<UpcomingFire> UPCOMING_FIRE = AnswerShape.<UpcomingFire>of(
                    "UpcomingFire", "A due time that is to come.")
            .field("schedule", TEXT, UpcomingFire::schedule, "The name of the schedule.")
            .field("due_at", TIME, UpcomingFire::dueAt, "The due time, without jitter.");

    /** The due times of all schedules. */
    public static final AnswerShape<Upcoming> UPCOMING = AnswerShape.<Upcoming>of(
                    "UpcomingFires", "Due times of all schedules, in order.")
            .field("fires", listOf(UPCOMING_FIRE), Upcoming::fires, "The due times.")
            .field("limit", INTEGER, Upcoming::limit, "The greatest number of due times.");

    private ScheduleJson() {}

    /**
     * A page of schedules.
     *
     * @param schedules the schedules
     * @param nextCursor the cursor for the next page; null on the last one
     * @param limit the greatest number of schedules
     */
    public record Page(
            List<ScheduleEntry> schedules, @Nullable String nextCursor, int limit) {}

    /**
     * The changes of a set.
     *
     * @param set its name
     * @param dryRun whether nothing was changed
     * @param changes the changes, by the names of the schedules
     */
    public record Applied(String set, boolean dryRun, List<ScheduleChange> changes) {}

    /**
     * A page of a history.
     *
     * @param fires the due times, the latest first
     * @param limit the greatest number of due times
     */
    public record History(List<Fire> fires, int limit) {}

    /**
     * Due times that are to come.
     *
     * @param fires the due times, in order
     * @param limit the greatest number of due times
     */
    public record Upcoming(List<UpcomingFire> fires, int limit) {}

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.exact(duration);
    }

    private static @Nullable Instant nextBefore(History history) {
        List<Fire> fires = history.fires();
        return fires.size() < history.limit()
                ? null
                : fires.get(fires.size() - 1).dueAt();
    }
}

package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.ANY;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.NUMBER;
import static dev.pawl.http.answer.AnswerKinds.OBJECT;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAuthors;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.Queue;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.notification.Delivery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs on the wire. */
public final class JobJson {

    static final AnswerKind<JobStatus> STATUS = word(JobStatus.values(), JobStatus::wireName);

    public static final AnswerShape<Reason> REASON = AnswerShape.<Reason>of("Reason", "Why a job is not running.")
            .field("code", word(ReasonCode.values(), ReasonCode::wireName), Reason::code, "The reason, for programs.")
            .field("sentence", TEXT, Reason::sentence, "The reason, for people.")
            .field("unblocked_by", TEXT, Reason::unblockedBy, "What would let the job start.")
            .nullable("position", INTEGER, Reason::position, "Its place in the queue, from 1, when it waits there.");

    static final AnswerShape<Task> TASK = AnswerShape.<Task>of("Task", "A task of a job.")
            .field("module", TEXT, Task::module, "The id of the module that executes it.")
            .field("data", OBJECT, Task::inputs, "Its inputs by name.");

    static final AnswerShape<RetryPolicy> RETRY = AnswerShape.<RetryPolicy>of(
                    "Retry", "The policy for retries after a failure.")
            .field("max_attempts", INTEGER, RetryPolicy::maxAttempts, "The number of attempts, including the first.")
            .field("backoff", TEXT, retry -> DurationText.exact(retry.backoff()), "The first pause, such as 10s.")
            .field("max_backoff", TEXT, retry -> DurationText.exact(retry.maxBackoff()), "The longest pause.");

    /** The small fields, which lists show. */
    static final AnswerShape<JobView> SUMMARY = AnswerShape.<JobView>of("JobSummary", "A job, as lists show it.")
            .field("id", ID, view -> view.job().id(), "The job's id.")
            .field("job_id", ID, view -> view.job().id(), "The same as id.")
            .field("job_title", TEXT, view -> view.job().request().title(), "Its title, for people.")
            .field("module_id", TEXT, view -> tasks(view).get(0).module(), "The module of its first task.")
            .field("module", TEXT, view -> view.job().currentTask().module(), "The module of its current task.")
            .field("status", STATUS, view -> state(view).status(), "Its status.")
            .field("created_at", TIME, view -> view.job().createdAt(), "When it was requested.")
            .field("added", TIME, view -> view.job().createdAt(), "The same as created_at.")
            .nullable("started_by", TEXT, view -> name(view.job().authors().startedBy()), "Who started it, when known.")
            .nullable(
                    "stopped_by",
                    TEXT,
                    view -> name(view.job().authors().stoppedBy()),
                    "Who stopped it, if someone did.")
            .nullable("started_at", TIME, view -> state(view).startedAt(), "When it first started.")
            .nullable("completed_at", TIME, view -> state(view).completedAt(), "When it ended.")
            .nullable(
                    "due_at",
                    TIME,
                    view -> state(view).dueAt(),
                    "The earliest time of its next start, when it waits for one.")
            .field(
                    "progress",
                    NUMBER,
                    view -> state(view).progress().percent(),
                    "The progress of its current task, 0 to 100.")
            .field("priority", INTEGER, view -> view.job().request().priority(), "Its priority; higher runs first.")
            .field("attempt", INTEGER, view -> state(view).attempt(), "The number of its failed runs, plus one.")
            .nullable("worker_id", TEXT, view -> state(view).worker(), "The worker that runs it, or ran it last.")
            .nullable("error", TEXT, view -> error(state(view)), "The cause of its failure; null unless it has failed.")
            .nullable(
                    "reason", REASON, JobView::reason, "The reason why it is not running; null unless it is pending.");

    /** A page of jobs. */
    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of("JobPage", "Jobs, in the requested order.")
            .field("jobs", listOf(SUMMARY), page -> page.found().jobs(), "The jobs.")
            .nullable(
                    "next_cursor",
                    TEXT,
                    page -> page.found().nextCursor(),
                    "The cursor for the next page; null on the last one.")
            .field("limit", INTEGER, Page::limit, "The greatest number of jobs.");

    /** The fields that a queue shows: a summary with the tasks. */
    private static final AnswerShape<JobView> QUEUED = AnswerShape.<JobView>of("QueuedJob", "A job that waits.")
            .all(SUMMARY, view -> view)
            .field("tasks", listOf(TASK), JobJson::tasks, "Its tasks, in order.");
    /** The jobs that wait, in the order in which they would start. */
    public static final AnswerShape<Waiting> WAITING = AnswerShape.<Waiting>of("Queue", "The jobs that wait.")
            .field(
                    "queue",
                    listOf(QUEUED),
                    waiting -> waiting.queue().jobs(),
                    "In the order in which they would start.")
            .field("entries", INTEGER, waiting -> waiting.queue().entries(), "The number of all waiting jobs.")
            .field("limit", INTEGER, Waiting::limit, "The greatest number of jobs shown.")
            .field(
                    "attributes",
                    WorkerJson.ATTRIBUTES,
                    waiting -> waiting.queue().disabled(),
                    "Whether the queue is paused.");

    /** The fields that an external worker gets. */
    public static final AnswerKind<Job> HANDED = HtmlSafe.of(AnswerShape.<Job>of(
                    "HandedJob", "A job for an external worker.")
            .field("job_id", ID, Job::id, "The job's id.")
            .field("job_title", TEXT, job -> job.request().title(), "Its title, for people.")
            .field("added", TIME, Job::createdAt, "When it was requested.")
            .field("epoch", INTEGER, job -> job.state().epoch(), "The number of this run; send it with the job's end.")
            .field("tasks", listOf(TASK), job -> job.request().tasks(), "Its tasks in their order."));

    /** The fields that the server's status shows of a running job. */
    static final AnswerShape<Job> RUNNING = AnswerShape.<Job>of("RunningJob", "A running job.")
            .field("id", ID, Job::id, "The job's id.")
            .field("job_title", TEXT, job -> job.request().title(), "For people.")
            .field("module", TEXT, job -> job.currentTask().module(), "The module that runs.")
            .field("status", STATUS, job -> job.state().status(), "Where it stands.")
            .nullable("started_at", TIME, job -> job.state().startedAt(), "When it first started.")
            .field("progress", NUMBER, job -> job.state().progress().percent(), "0 to 100, of its current task.");

    /** All fields. */
    public static final AnswerShape<Detail> DETAIL = AnswerShape.<Detail>of("Job", "A job.")
            .all(SUMMARY, Detail::view)
            .field("inputs", OBJECT, detail -> tasks(detail.view()).get(0).inputs(), "The inputs of its first task.")
            .field(
                    "settings",
                    OBJECT,
                    detail -> detail.view().job().request().settings(),
                    "The settings of the request.")
            .field(
                    "effective_settings",
                    OBJECT,
                    detail -> state(detail.view()).settings(),
                    "The settings of its current task.")
            .field("tasks", listOf(TASK), detail -> tasks(detail.view()), "Its tasks in their order.")
            .field("task_index", INTEGER, detail -> state(detail.view()).taskIndex(), "Its current task, from 0.")
            .field(
                    "checkpoint",
                    OBJECT,
                    detail -> state(detail.view()).checkpoint(),
                    "The checkpoint from which the task resumes.")
            .field(
                    "info",
                    ANY,
                    detail -> state(detail.view()).progress().info(),
                    "Information about the task, from its module.")
            .nullable("max_duration", TEXT, JobJson::maxDuration, "The longest time that it may run, such as 2h.")
            .field("elapsed_s", NUMBER, JobJson::elapsed, "The time that it has run, in seconds, all runs together.")
            .field(
                    "epoch",
                    INTEGER,
                    detail -> state(detail.view()).epoch(),
                    "The number of its latest run; 0 before the first.")
            .nullable(
                    "module_version",
                    TEXT,
                    detail -> state(detail.view()).moduleVersion(),
                    "The module's version in its latest run.")
            .field(
                    "crashes",
                    INTEGER,
                    detail -> state(detail.view()).crashes(),
                    "The number of its consecutive runs that ended with the process.")
            .field(
                    "retry",
                    RETRY,
                    detail -> detail.view().job().request().retry(),
                    "The policy for retries after a failure.")
            .optional(
                    "traceparent",
                    TEXT,
                    JobJson::traceParent,
                    "The header traceparent of the request, when it had one.")
            .nullable("unique_key", TEXT, JobJson::uniqueKey, "The key that no other job has while this one holds it.")
            .nullable("unique_for", TEXT, JobJson::uniqueFor, "The time after its end during which it holds the key.")
            .all(CallbackJson.SHOWN, JobJson::callback)
            .optional(
                    "retry_of",
                    ID,
                    detail -> detail.view().job().request().retryOf().orElse(null),
                    "The job that it retries, if it does.")
            .nullable(
                    "not_before",
                    TIME,
                    JobJson::notBefore,
                    "The earliest time at which it may start, from the request.")
            .nullable(
                    "leased_until",
                    TIME,
                    detail -> state(detail.view()).leasedUntil(),
                    "The end of an external worker's lease.")
            .nullable(
                    "failure",
                    RunJson.FAILURE,
                    detail -> state(detail.view()).failure(),
                    "The cause of its failure, or of that of its last attempt.")
            .all(
                    JobWaitJson.FIELDS,
                    detail -> new JobWaitJson(detail.view().job().request().after(), detail.waits()))
            .field("runs", RunJson.RUNS, JobJson::runs, "Its latest runs, in order.")
            .field(
                    "runs_left_out",
                    INTEGER,
                    detail -> RunJson.before(detail.runs()),
                    "The number of runs before those.");

    public static final AnswerShape<Job> STANDING = AnswerShape.<Job>of("JobStanding", "The status of a job.")
            .field("id", ID, Job::id, "The job's id.")
            .field("status", STATUS, job -> job.state().status(), "Where it stands.");

    public static final AnswerShape<Job> STOPPED = AnswerShape.<Job>of("StoppedJob", "A job after it was stopped.")
            .field("status", STATUS, job -> job.state().status(), "Where it stands.")
            .field("job_id", ID, Job::id, "The job's id.");

    private JobJson() {}

    /**
     * A page of jobs.
     *
     * @param found the jobs
     * @param limit the greatest number of jobs
     */
    public record Page(JobPage<JobView> found, int limit) {}

    /**
     * The queue.
     *
     * @param queue its jobs
     * @param limit the greatest number of jobs shown
     */
    public record Waiting(Queue queue, int limit) {}

    /**
     * A job with its runs.
     *
     * @param view the job
     * @param runs the latest ones, in order
     * @param callbacks its deliveries; null when they are not shown
     * @param waits its waits for other jobs and theirs for it
     */
    public record Detail(
            JobView view, List<Run> runs, @Nullable List<Delivery> callbacks, OpenWaits waits) {}

    private static JobState state(JobView view) {
        return view.job().state();
    }

    private static List<Task> tasks(JobView view) {
        return view.job().request().tasks();
    }

    /** The error of a failed job; the failure of an attempt that will be retried is only in {@code failure}. */
    private static @Nullable String error(JobState state) {
        Failure failure = state.failure();
        return failure == null || state.status() != JobStatus.FAILED ? null : failure.message();
    }

    private static CallbackJson.Shown callback(Detail detail) {
        return new CallbackJson.Shown(detail.view().job().request(), detail.callbacks());
    }

    private static @Nullable String maxDuration(Detail detail) {
        return detail.view()
                .job()
                .request()
                .maxDuration()
                .map(DurationText::exact)
                .orElse(null);
    }

    private static double elapsed(Detail detail) {
        return state(detail.view()).elapsed().toMillis() / 1000.0;
    }

    private static @Nullable String traceParent(Detail detail) {
        return detail.view()
                .job()
                .request()
                .traceParent()
                .map(TraceParent::toString)
                .orElse(null);
    }

    private static @Nullable String uniqueKey(Detail detail) {
        return detail.view().job().request().uniqueKey().orElse(null);
    }

    private static @Nullable String uniqueFor(Detail detail) {
        return detail.view()
                .job()
                .request()
                .uniqueFor()
                .map(DurationText::exact)
                .orElse(null);
    }

    private static @Nullable Instant notBefore(Detail detail) {
        return detail.view().job().request().notBefore().orElse(null);
    }

    private static @Nullable String name(JobAuthors.@Nullable Author author) {
        return author == null ? null : author.name();
    }

    private static List<RunJson.JobRun> runs(Detail detail) {
        return RunJson.of(detail.view().job().request(), detail.runs());
    }
}

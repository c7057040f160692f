package dev.pawl.http.resource;

import dev.pawl.api.module.LogLevel;
import dev.pawl.http.answer.JobJson;
import dev.pawl.http.answer.LogJson;
import dev.pawl.http.answer.RunJson;
import dev.pawl.http.answer.StartedJson;
import dev.pawl.http.answer.SubmittedJson;
import dev.pawl.http.answer.TallyJson;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.http.stream.JobWaits;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobOrder;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.LogFilter;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.VisibleJobs;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.store.JobStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes of jobs, their logs and results. */
public final class JobRoutes {

    private static final Query STATUS =
            Query.choices("status", JobStatus.class, "Only jobs in one of these statuses, such as failed,stopped.");
    private static final Query MODULE = Query.text("module", "Only jobs with a task of this module.");
    private static final Query TEXT =
            Query.text("q", "Only jobs whose title contains this, or whose id begins with it.");
    private static final Query SINCE = Query.time("since", "Only jobs that were requested at this time or later.");
    private static final Query UNTIL = Query.time("until", "Only jobs that were requested before this time.");
    private static final Query SORT = Query.word(
            "sort",
            JobOrder.wireNames(),
            JobOrder.NEWEST.wireName(),
            "The order: latest, or highest priority, or first module by name first, unless reversed. Others than created sort at most "
                    + "10,000 jobs; those that lack the value come last.");
    private static final Query EXACT =
            Query.flag("exact", "Whether to count to the end, which may take seconds for millions of jobs.");
    private static final Query LIMIT = Query.limit(JobFilter.MOST, JobFilter.MOST, "The greatest number of jobs.");
    private static final Query CURSOR = Query.text("cursor", "Continues from next_cursor of the previous page.");
    private static final Query LOG_LIMIT = Query.limit(10_000, 100, "The greatest number of lines.");
    private static final Query RESULT_LIMIT = Query.limit(10_000, 1_000, "The greatest number of results.");
    private static final Query AFTER = Query.integer(
            "after", 0, Long.MAX_VALUE, 0, "Only entries with a greater sequence number, the first ones.");

    private static final Query RUN_LIMIT =
            Query.limit(JobStore.MOST_RUNS, ShownJobs.RUNS, "The greatest number of runs.");
    private static final Query BEFORE = Query.integer(
            "before", 1, Long.MAX_VALUE, Long.MAX_VALUE, "Only runs with a smaller epoch, the latest ones.");

    private static final Query AFTER_LINE =
            Query.integer("after", 0, Long.MAX_VALUE, 0, "Only lines with a greater sequence number, the first ones.");
    private static final Query BEFORE_LINE = Query.integer(
            "before", 1, Long.MAX_VALUE, Long.MAX_VALUE, "Only lines with a smaller sequence number, the last ones.");
    private static final Query LEVEL = Query.word(
            "level",
            Arrays.stream(LogLevel.values()).map(LogLevel::name).toList(),
            LogLevel.DEBUG.name(),
            "Only lines of this severity or a worse one.");
    private static final Query LINE_TEXT =
            Query.text("q", "Only lines that contain this, in capitals or not as far as the letters a to z go.");

    private static final Query PARTS = Query.integer(
            "parts", 1, 1_000, 1, "Splits the log into so many parts of equal length and counts the matches in each.");

    private static final Query WAIT = Query.duration(
            "wait",
            "0s",
            "Answers when the job has ended, at the latest after this time; more than 60s counts as 60s.");

    private final Services parts;
    private final JobSubmissions submissions;
    private final JobWaits waits;
    private final ShownJobs shown;

    public JobRoutes(Services parts, RepeatableRequests repeats, JobWaits waits) {
        this.waits = waits;
        this.parts = parts;
        this.shown = new ShownJobs(parts);
        this.submissions = new JobSubmissions(parts, repeats);
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                JobSubmissions.route(
                        "/jobs",
                        "Starts a job, or several of which all are started or none.",
                        DeclaredAnswer.json(() -> StartedJson.STARTED, "The job, or the one that holds its unique key.")
                                .with(new Header("Location", "The job's address, for one.")),
                        BatchBody.SHAPE,
                        submissions::start),
                Route.get(
                                "/jobs",
                                Role.VIEWER,
                                "Jobs, newest first unless sorted otherwise, a page at a time.",
                                DeclaredAnswer.json(() -> JobJson.PAGE, "The jobs."),
                                this::list)
                        .query(STATUS, MODULE, TEXT, SINCE, UNTIL, SORT, LIMIT, CURSOR)
                        .problems(ProblemCode.TOO_MANY_TO_SORT),
                Route.get(
                                "/jobs/counts",
                                Role.VIEWER,
                                "The numbers of jobs by status, each counted to 10,000 unless exact.",
                                DeclaredAnswer.json(() -> TallyJson.TALLY, "The numbers."),
                                this::counts)
                        .query(STATUS, MODULE, TEXT, SINCE, UNTIL, EXACT),
                Route.get(
                                "/jobs/{id}",
                                Role.VIEWER,
                                "One job, at once or when it has ended.",
                                DeclaredAnswer.json(() -> JobJson.DETAIL, "The job."),
                                this::show)
                        .query(WAIT),
                Route.get(
                                "/jobs/{id}/runs",
                                Role.VIEWER,
                                "The latest runs of a job, or the latest before an epoch, in order.",
                                DeclaredAnswer.json(() -> RunJson.PAGE, "The runs."),
                                this::runs)
                        .query(RUN_LIMIT, BEFORE),
                Route.delete(
                                "/jobs/{id}",
                                Role.OPERATOR,
                                "Removes a job that waits or has ended, with its log and results.",
                                DeclaredAnswer.none("It is removed."),
                                this::remove)
                        .problems(ProblemCode.JOB_RUNNING),
                Route.post(
                                "/jobs/{id}/stop",
                                Role.OPERATOR,
                                "Stops a job, and answers when it has stopped.",
                                DeclaredAnswer.json(() -> JobJson.STOPPED, "It has stopped."),
                                this::stop)
                        .problems(ProblemCode.JOB_NOT_ACTIVE),
                Route.post(
                                "/jobs/{id}/retry",
                                Role.OPERATOR,
                                "Starts a job with the request of one that has failed or was stopped.",
                                DeclaredAnswer.json(() -> SubmittedJson.STARTED, "The new job.")
                                        .with(new Header("Location", "The new job's address.")),
                                this::retry)
                        .body(RetryBody.SHAPE)
                        .problems(
                                ProblemCode.JOB_NOT_FAILED,
                                ProblemCode.INVALID_INPUT,
                                ProblemCode.INVALID_SETTING,
                                ProblemCode.INVALID_JOB,
                                ProblemCode.ROLE_NEEDED,
                                ProblemCode.UNIQUE_KEY_TAKEN)
                        .repeated(Repetition.BY_HANDLER),
                Route.post(
                                "/jobs/{id}/resume",
                                Role.OPERATOR,
                                "Makes a job that waits for its start time or for its next attempt start as soon as possible.",
                                DeclaredAnswer.json(() -> JobJson.STANDING, "It may start."),
                                this::resume)
                        .problems(ProblemCode.JOB_FINAL),
                Route.get(
                        "/jobs/{id}/why",
                        Role.VIEWER,
                        "The reason why a job is not running.",
                        DeclaredAnswer.json(() -> JobJson.REASON, "The reason."),
                        this::why),
                Route.get(
                                "/jobs/{id}/logs",
                                Role.VIEWER,
                                "The last lines of a job's log, also before a sequence number, or the first after one.",
                                DeclaredAnswer.json(() -> LogJson.ENTRIES, "The lines."),
                                this::logs)
                        .query(LOG_LIMIT, AFTER_LINE, BEFORE_LINE, LEVEL, LINE_TEXT, PARTS),
                Route.get(
                                "/jobs/{id}/results",
                                Role.VIEWER,
                                "A job's results in order.",
                                DeclaredAnswer.json(() -> LogJson.RESULTS, "The results."),
                                this::results)
                        .query(RESULT_LIMIT, AFTER));
    }

    private Answer retry(Call call) throws IOException {
        return submissions.retry(call, JobRoutes::started);
    }

    private static Answer started(SubmittedJson job) {
        return Answer.json(SubmittedJson.STARTED, job).with("Location", "/jobs/" + job.id());
    }

    private Answer list(Call call) {
        int limit = call.integer(LIMIT);
        JobFilter page =
                filter(call).inOrder(JobOrder.of(call.text(SORT).orElseThrow())).withLimit(limit);
        page = call.text(CURSOR).map(page::from).orElse(page);
        JobPage<JobView> jobs = new VisibleJobs(call.actor().principal())
                .among(parts.scheduler().get().jobs(page));
        return Answer.json(JobJson.PAGE, new JobJson.Page(jobs, limit));
    }

    private Answer counts(Call call) {
        return Answer.json(TallyJson.TALLY, parts.scheduler().get().tally(filter(call), call.flag(EXACT)));
    }

    private static JobFilter filter(Call call) {
        Set<JobStatus> statuses = call.words(STATUS).stream()
                .map(word -> JobStatus.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        JobFilter filter = JobFilter.all().withStatuses(statuses);
        filter = call.time(SINCE).map(filter::since).orElse(filter);
        filter = call.time(UNTIL).map(filter::until).orElse(filter);
        filter = call.text(MODULE).map(filter::withModule).orElse(filter);
        return call.text(TEXT).map(filter::withText).orElse(filter);
    }

    private Answer show(Call call) {
        Scheduler scheduler = parts.scheduler().get();
        JobView job = scheduler.job(call.path("id"));
        Duration wait = call.duration(WAIT);
        if (wait.isZero() || job.job().state().status().isFinal()) {
            return detail(call, job);
        }
        String id = job.job().id().toString();
        return new Answer.Later(waits.end(call.request(), id, wait)
                .thenApplyAsync(over -> detail(call, scheduler.job(id)), call.work()));
    }

    private Answer detail(Call call, JobView job) {
        return Answer.json(JobJson.DETAIL, shown.detail(call.actor().principal(), job));
    }

    private Answer runs(Call call) {
        int limit = call.integer(RUN_LIMIT);
        Scheduler scheduler = parts.scheduler().get();
        JobView job = scheduler.job(call.path("id"));
        List<Run> runs = scheduler.runs(job.job().id().toString(), call.longInteger(BEFORE), limit);
        return Answer.json(RunJson.PAGE, new RunJson.Page(job.job().request(), runs, limit));
    }

    private Answer why(Call call) {
        Reason reason = parts.scheduler().get().why(call.path("id"));
        return Answer.json(JobJson.REASON, reason);
    }

    private Answer stop(Call call) {
        return Answer.after(parts.scheduler().get().stop(call.path("id")), job -> Answer.json(JobJson.STOPPED, job));
    }

    private Answer resume(Call call) {
        return Answer.after(parts.scheduler().get().resume(call.path("id")), JobRoutes::standing);
    }

    private Answer remove(Call call) {
        return Answer.after(parts.scheduler().get().remove(call.path("id")), removed -> Answer.none());
    }

    private Answer logs(Call call) {
        int limit = call.integer(LOG_LIMIT);
        LogFilter filter = new LogFilter(
                call.isGiven(AFTER_LINE) ? call.longInteger(AFTER_LINE) : null,
                call.isGiven(BEFORE_LINE) ? call.longInteger(BEFORE_LINE) : null,
                call.text(LEVEL)
                        .map(LogLevel::valueOf)
                        .filter(level -> level != LogLevel.DEBUG)
                        .orElse(null),
                call.text(LINE_TEXT).orElse(null),
                limit);
        Scheduler scheduler = parts.scheduler().get();
        LogLines log = scheduler.log(call.path("id"), filter);
        List<Number> byPart = call.isGiven(PARTS)
                ? List.copyOf(scheduler.matchesByPart(call.path("id"), filter, call.integer(PARTS)))
                : null;
        return Answer.json(LogJson.ENTRIES, new LogJson.Entries(log, limit, byPart));
    }

    private Answer results(Call call) {
        int limit = call.integer(RESULT_LIMIT);
        ResultPage page = parts.scheduler().get().results(call.path("id"), call.longInteger(AFTER), limit);
        return Answer.json(LogJson.RESULTS, new LogJson.Results(page, limit));
    }

    private static Answer.JsonBody standing(Job job) {
        return Answer.json(JobJson.STANDING, job);
    }
}

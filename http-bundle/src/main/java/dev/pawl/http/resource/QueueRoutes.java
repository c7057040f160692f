package dev.pawl.http.resource;

import dev.pawl.http.answer.JobJson;
import dev.pawl.http.answer.QueueReasonsJson;
import dev.pawl.http.answer.SubmittedJson;
import dev.pawl.http.answer.WorkerJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Queue;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.VisibleJobs;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The routes of the queue, and those by which external workers take and end jobs. */
public final class QueueRoutes {

    static final BodyShape ATTRIBUTES = BodyShape.of(
            BodyShape.required("disabled", Kind.BOOLEAN, "Whether it is paused: a disabled queue starts nothing."));

    private static final BodyShape END = BodyShape.of(
            BodyShape.required("failed", Kind.BOOLEAN, "Whether the job failed."),
            BodyShape.optional("info", Kind.ANY, "Information about its end: any JSON."),
            BodyShape.optional(
                    "epoch",
                    Kind.INTEGER,
                    "The epoch that came with the job: when the job was given to another worker since, the "
                            + "request is refused."));

    private static final Query LIMIT = Query.limit(10_000, 1_000, "The greatest number of jobs.");
    private static final Query WORKER =
            Query.text("worker_id", "The polling worker, whose heartbeats extend the lease.");
    /** The limit leaves room for the rest of a request's first line and headers. */
    private static final int LONGEST_MODULES = 10_000;

    private static final Query MODULES = Query.text(
            "modules",
            LONGEST_MODULES,
            "The worker's modules, separated by commas, at most 10,000 characters; by default all.");

    private final Services parts;
    private final JobSubmissions submissions;

    public QueueRoutes(Services parts, RepeatableRequests repeats) {
        this.parts = parts;
        this.submissions = new JobSubmissions(parts, repeats);
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.patch(
                                "/jobs/{id}/completed",
                                Role.WORKER,
                                "Ends a job that an external worker holds.",
                                DeclaredAnswer.none("Its end is recorded."),
                                this::completed)
                        .problems(ProblemCode.JOB_FINAL, ProblemCode.JOB_NOT_HELD, ProblemCode.RUN_TAKEN_OVER)
                        .body(END),
                Route.get(
                                "/queue",
                                Role.VIEWER,
                                "The jobs that wait, in the order in which they would start.",
                                DeclaredAnswer.json(() -> JobJson.WAITING, "The queue."),
                                this::show)
                        .query(LIMIT),
                Route.get(
                        "/queue/reasons",
                        Role.VIEWER,
                        "The reasons for which jobs wait, with their numbers.",
                        DeclaredAnswer.json(() -> QueueReasonsJson.REASONS, "The reasons, at most 100."),
                        this::reasons),
                JobSubmissions.route(
                        "/queue",
                        "Adds a job even when its modules are not installed here; it waits for a worker that has them.",
                        DeclaredAnswer.json(
                                () -> SubmittedJson.ADDED, "The job was added, or another one holds its unique key."),
                        this::add),
                Route.patch(
                                "/queue",
                                Role.OPERATOR,
                                "Pauses or resumes the queue.",
                                DeclaredAnswer.json(() -> WorkerJson.ATTRIBUTES, "The attributes as they are now."),
                                this::change)
                        .body(ATTRIBUTES),
                Route.delete(
                        "/queue",
                        Role.OPERATOR,
                        "Removes all waiting jobs.",
                        DeclaredAnswer.none("They are removed."),
                        this::clear),
                Route.get(
                                "/queue/poll",
                                Role.WORKER,
                                "Hands the next job to an external worker, under a lease of 30 s "
                                        + "(PAWL_CLIENT_EXPIRY) that its heartbeats extend.",
                                DeclaredAnswer.json(
                                        () -> JobJson.HANDED, "The job; a problem with 404 when there is none."),
                                this::poll)
                        .problems(ProblemCode.NOTHING_QUEUED, ProblemCode.STORE_UNCONFIRMED)
                        .query(WORKER, MODULES));
    }

    private Answer show(Call call) {
        int limit = call.integer(LIMIT);
        Queue queue = new VisibleJobs(call.actor().principal())
                .among(parts.queue().get().waiting(limit));
        return Answer.json(JobJson.WAITING, new JobJson.Waiting(queue, limit));
    }

    private Answer reasons(Call call) {
        return Answer.json(QueueReasonsJson.REASONS, parts.queue().get().reasons());
    }

    private Answer add(Call call) throws IOException {
        return submissions.submit(call, Submission::ofAnyModule, QueueRoutes::added);
    }

    private static Answer added(SubmittedJson job) {
        return Answer.json(SubmittedJson.ADDED, job);
    }

    private Answer change(Call call) {
        boolean disabled = call.fields().bool("disabled");
        return Answer.after(
                parts.queue().get().disable(disabled), done -> Answer.json(WorkerJson.ATTRIBUTES, disabled));
    }

    private Answer clear(Call call) {
        return Answer.after(parts.queue().get().clear(), removed -> Answer.none());
    }

    private Answer poll(Call call) {
        Set<String> modules = call.text(MODULES)
                .map(names -> Set.copyOf(List.of(names.strip().split("\\s*,\\s*", -1))))
                .orElse(null);
        String worker = call.text(WORKER).orElse(null);
        Principal principal = call.actor().principal();
        if (principal.isBounded()) {
            BoundCheck.requirePoll(principal, worker);
            modules = principal.bounds().among(modules);
        }
        return Answer.after(parts.workers().get().poll(worker, modules), QueueRoutes::handed);
    }

    private Answer completed(Call call) {
        Fields body = call.fields();
        return Answer.after(
                parts.workers()
                        .get()
                        .completed(
                                call.path("id"),
                                body.integer("epoch").orElse(null),
                                body.bool("failed"),
                                body.any("info").orElse(Map.of())),
                done -> Answer.none());
    }

    private static Answer handed(Optional<Job> found) {
        Job job = found.orElseThrow(() ->
                new ProblemException(ProblemCode.NOTHING_QUEUED, "There is no waiting job that this worker can take."));
        return Answer.json(JobJson.HANDED, job);
    }
}

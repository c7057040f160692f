package dev.pawl.http.resource;

import dev.pawl.http.auth.Role;
import dev.pawl.http.json.BodyShape;
import dev.pawl.http.json.Fields;
import dev.pawl.http.json.JobJson;
import dev.pawl.http.json.Kind;
import dev.pawl.http.json.WorkerJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Queue;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The jobs that wait, and the programs that take them over HTTP. */
public final class QueueRoutes {

    static final BodyShape ATTRIBUTES = BodyShape.of(
            BodyShape.required("disabled", Kind.BOOLEAN, "Whether it stands still: a disabled queue starts nothing."));

    private static final BodyShape END = BodyShape.of(
            BodyShape.required("failed", Kind.BOOLEAN, "Whether the job failed."),
            BodyShape.optional("info", Kind.ANY, "About its end: any JSON."),
            BodyShape.optional(
                    "epoch",
                    Kind.INTEGER,
                    "The epoch that came with the job: if it was given to another worker since, this end is refused."));

    private static final Query LIMIT = Query.limit(10_000, 1_000, "How many at most.");
    private static final Query WORKER = Query.text("worker_id", "Who asks; its heartbeats keep the job.");
    /** Beside it a request's first line and headers have room for the rest. */
    private static final int LONGEST_MODULES = 10_000;

    private static final Query MODULES = Query.text(
            "modules",
            LONGEST_MODULES,
            "The modules that the worker has, separated by commas, 10,000 characters in all; all unless told.");

    private final Services parts;

    public QueueRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this answers. */
    public List<Route> routes() {
        return List.of(
                Route.patch(
                                "/jobs/{id}/completed",
                                Role.OPERATOR,
                                "Ends a job that an external worker holds.",
                                DeclaredAnswer.none("Its end is recorded."),
                                this::completed)
                        .body(END),
                Route.get(
                                "/queue",
                                Role.VIEWER,
                                "The jobs that wait, in the order in which they would start.",
                                DeclaredAnswer.json(JobJson.WAITING, "The queue."),
                                this::show)
                        .query(LIMIT),
                Route.post(
                                "/queue",
                                Role.OPERATOR,
                                "Starts a job even when no module here can do it; it waits for a worker that can.",
                                DeclaredAnswer.json(JobJson.ADDED, "The job waits."),
                                this::add)
                        .body(JobBody.SHAPE),
                Route.patch(
                                "/queue",
                                Role.OPERATOR,
                                "Pauses the queue, or lets it go on.",
                                DeclaredAnswer.json(WorkerJson.ATTRIBUTES, "As it is now."),
                                this::change)
                        .body(ATTRIBUTES),
                Route.delete(
                        "/queue",
                        Role.OPERATOR,
                        "Drops all waiting jobs.",
                        DeclaredAnswer.none("They are dropped."),
                        this::clear),
                Route.get(
                                "/queue/poll",
                                Role.OPERATOR,
                                "Hands the next job to an external worker, under a lease of 30 s (PAWL_CLIENT_EXPIRY) that its heartbeats keep.",
                                DeclaredAnswer.json(JobJson.HANDED, "The job; a problem with 404 when none waits."),
                                this::poll)
                        .query(WORKER, MODULES));
    }

    private Answer show(Call call) {
        int limit = call.integer(LIMIT);
        Queue queue = parts.queue().get().waiting(limit);
        return Answer.json(JobJson.WAITING, new JobJson.Waiting(queue, limit));
    }

    private Answer add(Call call) {
        JobRequest request = JobBody.read(call.fields(), call.caller());
        return Answer.after(parts.scheduler().get().enqueue(request), job -> Answer.json(JobJson.ADDED, job));
    }

    private Answer change(Call call) {
        boolean disabled = call.fields().truth("disabled");
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
        return Answer.after(parts.workers().get().poll(call.text(WORKER).orElse(null), modules), QueueRoutes::handed);
    }

    private Answer completed(Call call) {
        Fields body = call.fields();
        return Answer.after(
                parts.workers()
                        .get()
                        .completed(
                                call.path("id"),
                                body.integer("epoch").orElse(null),
                                body.truth("failed"),
                                body.any("info").orElse(Map.of())),
                done -> Answer.none());
    }

    private static Answer handed(Optional<Job> found) {
        Job job = found.orElseThrow(
                () -> new ProblemException(ProblemCode.NOTHING_QUEUED, "No job waits that this worker could take."));
        return Answer.json(JobJson.HANDED, job);
    }
}

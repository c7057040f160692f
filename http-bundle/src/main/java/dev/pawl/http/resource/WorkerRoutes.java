package dev.pawl.http.resource;

import dev.pawl.http.answer.WorkerJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.VisibleJobs;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.Workers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The routes of the workers that share the queue. */
public final class WorkerRoutes {

    private static final String JOB_HEADER = "X-Pawl-Job";

    private static final String DISABLED = "disabled";
    private static final String DRAIN = "drain";
    private static final String DRAIN_TIMEOUT = "drain_timeout";

    private static final BodyShape ATTRIBUTES = BodyShape.of(
            BodyShape.optional(DISABLED, Kind.BOOLEAN, "Whether it is given no jobs; those that it has go on."),
            BodyShape.optional(
                    DRAIN,
                    Kind.BOOLEAN,
                    "Of a server: whether it is to take no jobs, and to hand over those that it runs at their next "
                            + "checkpoints. It goes on to answer."),
            BodyShape.optional(
                    DRAIN_TIMEOUT,
                    Kind.DURATION,
                    "With drain: the time that a job has to reach a checkpoint before it is interrupted, at most 24h. "
                            + "Default: 30s."));

    private final Services parts;

    public WorkerRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/workers",
                        Role.VIEWER,
                        "The workers, in the order of their hostnames.",
                        DeclaredAnswer.json(() -> WorkerJson.WORKERS, "The workers."),
                        this::list),
                Route.get(
                                "/workers/{id}",
                                Role.VIEWER,
                                "One worker.",
                                DeclaredAnswer.json(() -> WorkerJson.WORKER, "The worker."),
                                this::show)
                        .problems(ProblemCode.UNKNOWN_WORKER),
                Route.post(
                                "/workers/{id}",
                                Role.WORKER,
                                "Accepts a worker's heartbeat; a worker that sends none for 30 s "
                                        + "(PAWL_CLIENT_EXPIRY) is removed from the list.",
                                DeclaredAnswer.none("It is accepted.")
                                        .with(new Header(
                                                JOB_HEADER,
                                                "What became of the job that it names: held, lost, ended or unknown.")),
                                this::beat)
                        .body(HeartbeatBody.SHAPE),
                Route.patch(
                                "/workers/{id}",
                                Role.OPERATOR,
                                "Takes away a worker's access to the queue, or gives it back; drains a server, or takes it back.",
                                DeclaredAnswer.json(() -> WorkerJson.ACCESS, "The attributes as they are now."),
                                this::change)
                        .problems(ProblemCode.TOO_MANY_DISABLED, ProblemCode.UNKNOWN_WORKER)
                        .body(ATTRIBUTES),
                Route.delete(
                                "/workers/{id}",
                                Role.OPERATOR,
                                "Removes a worker from the list.",
                                DeclaredAnswer.none("It is removed."),
                                this::remove)
                        .problems(ProblemCode.UNKNOWN_WORKER));
    }

    private Answer list(Call call) {
        List<Worker> workers = parts.workers().get().workers();
        return Answer.json(WorkerJson.WORKERS, workers);
    }

    private Answer show(Call call) {
        String id = call.path("id");
        Worker worker = parts.workers().get().worker(id).orElseThrow(() -> unknown(id));
        return Answer.json(WorkerJson.WORKER, worker);
    }

    private Answer beat(Call call) {
        Heartbeat heartbeat = HeartbeatBody.read(call.fields());
        boolean ofOthers = namesJobOfOthers(call.actor().principal(), heartbeat);
        return Answer.after(
                parts.workers().get().beat(call.path("id"), ofOthers ? heartbeat.withoutJob() : heartbeat),
                hold -> answer(ofOthers ? JobHold.UNKNOWN : hold));
    }

    /** Whether a heartbeat names a job that its token may not see: naming it must not give it to the worker. */
    private boolean namesJobOfOthers(Principal principal, Heartbeat heartbeat) {
        if (!principal.isBounded() || heartbeat.jobId() == null) {
            return false;
        }
        try {
            Job job = parts.scheduler().get().job(heartbeat.jobId().toString()).job();
            return !new VisibleJobs(principal).include(job);
        } catch (ProblemException problem) {
            if (problem.code() == ProblemCode.UNKNOWN_JOB) {
                return true;
            }
            throw problem;
        }
    }

    private Answer change(Call call) {
        Fields fields = call.fields();
        boolean drain = fields.has(DRAIN) && fields.bool(DRAIN);
        if (!fields.has(DISABLED) && !fields.has(DRAIN)) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "Nothing is to change: the body has neither disabled nor drain.");
        }
        if (fields.has(DRAIN_TIMEOUT) && !drain) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "drain_timeout belongs to \"drain\": true, which is not there.");
        }
        String id = call.path("id");
        Workers workers = parts.workers().get();
        CompletionStage<Void> change = CompletableFuture.completedFuture(null);
        if (fields.has(DRAIN)) { // which may be refused, before anything has changed
            change = drain
                    ? workers.drain(id, fields.duration(DRAIN_TIMEOUT).orElse(Workers.DRAIN_TIME))
                    : workers.undrain(id);
        }
        if (fields.has(DISABLED)) {
            boolean disabled = fields.bool(DISABLED);
            change = change.thenCompose(done -> workers.disable(id, disabled));
        }
        return Answer.after(
                change,
                done -> Answer.json(
                        WorkerJson.ACCESS, new WorkerJson.Access(workers.isDisabled(id), workers.isDrained(id))));
    }

    private Answer remove(Call call) {
        String id = call.path("id");
        if (!parts.workers().get().remove(id)) {
            throw unknown(id);
        }
        return Answer.none();
    }

    private static Answer answer(JobHold hold) {
        return hold == JobHold.NONE ? Answer.none() : Answer.none().with(JOB_HEADER, hold.wireName());
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemCode.UNKNOWN_WORKER, "No worker \"" + id + "\" has sent a heartbeat recently.");
    }
}

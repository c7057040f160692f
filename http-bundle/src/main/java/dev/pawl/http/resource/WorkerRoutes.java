package dev.pawl.http.resource;

import dev.pawl.http.auth.Role;
import dev.pawl.http.json.WorkerJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import java.util.List;

/** The workers that share the queue. */
public final class WorkerRoutes {

    private static final String JOB_HEADER = "X-Pawl-Job";

    private final Services parts;

    public WorkerRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this answers. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/workers",
                        Role.VIEWER,
                        "The workers, in the order of their hostnames.",
                        DeclaredAnswer.json(WorkerJson.WORKERS, "The workers."),
                        this::list),
                Route.get(
                        "/workers/{id}",
                        Role.VIEWER,
                        "One worker.",
                        DeclaredAnswer.json(WorkerJson.WORKER, "The worker."),
                        this::show),
                Route.post(
                                "/workers/{id}",
                                Role.OPERATOR,
                                "A worker's heartbeat; without one for 30 s (PAWL_CLIENT_EXPIRY) it is forgotten.",
                                DeclaredAnswer.none(
                                        "It is heard, with the header X-Pawl-Job: held, lost, ended or unknown when it names a job."),
                                this::beat)
                        .body(HeartbeatBody.SHAPE),
                Route.patch(
                                "/workers/{id}",
                                Role.OPERATOR,
                                "Takes a worker's access to the queue, or gives it back.",
                                DeclaredAnswer.json(WorkerJson.ATTRIBUTES, "As it is now."),
                                this::change)
                        .body(QueueRoutes.ATTRIBUTES),
                Route.delete(
                        "/workers/{id}",
                        Role.OPERATOR,
                        "Forgets a worker.",
                        DeclaredAnswer.none("It is forgotten."),
                        this::remove));
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
        return Answer.after(parts.workers().get().beat(call.path("id"), heartbeat), WorkerRoutes::answer);
    }

    private Answer change(Call call) {
        boolean disabled = call.fields().truth("disabled");
        return Answer.after(
                parts.workers().get().disable(call.path("id"), disabled),
                done -> Answer.json(WorkerJson.ATTRIBUTES, disabled));
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
        return new ProblemException(ProblemCode.UNKNOWN_WORKER, "No worker \"" + id + "\" was heard of lately.");
    }
}

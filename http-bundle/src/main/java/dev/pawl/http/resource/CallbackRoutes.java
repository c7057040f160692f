package dev.pawl.http.resource;

import dev.pawl.http.answer.CallbackJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import java.util.List;

/** The routes of the deliveries of callbacks. */
public final class CallbackRoutes {

    private final Services parts;

    public CallbackRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.post(
                        "/jobs/{id}/callbacks/{delivery}/retry",
                        Role.OPERATOR,
                        "Delivers an event of a job to its callback's address again, with the same id, as soon as possible.",
                        DeclaredAnswer.json(() -> CallbackJson.DELIVERY, "It is due."),
                        this::retry)
                .problems(ProblemCode.UNKNOWN_CALLBACK));
    }

    private Answer retry(Call call) {
        Job job = parts.scheduler().get().job(call.path("id")).job();
        return Answer.after(
                parts.callbacks().get().retry(job.id(), call.path("delivery")),
                delivery -> Answer.json(CallbackJson.DELIVERY, delivery));
    }
}

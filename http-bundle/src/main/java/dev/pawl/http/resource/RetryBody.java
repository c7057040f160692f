package dev.pawl.http.resource;

import dev.pawl.api.module.Role;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Call;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The body of a request to retry a job; it may be missing. */
final class RetryBody {

    static final BodyShape SHAPE = BodyShape.of(
                    BodyShape.optional(
                            "from_task",
                            Kind.INTEGER,
                            "The first task of the new job, from 0; those before it are left out."),
                    BodyShape.optional(
                            "inputs",
                            Kind.INPUTS,
                            "Inputs of that task by name that get other values; the others stay."))
            .orMissing();

    private RetryBody() {}

    static JobRetry read(Call call, @Nullable TraceParent place, @Nullable RequestKey key) {
        Fields body = call.fields();
        long from = body.integer("from_task").orElse(0L);
        if (from != (int) from) {
            throw new ProblemException(
                    ProblemCode.INVALID_JOB, "from_task is " + from + "; it takes the place of a task, from 0.");
        }
        Role role = Role.of(call.actor().role().wireName());
        return new JobRetry(call.path("id"), (int) from, body.object("inputs"), role, place, key);
    }
}

package dev.pawl.http.resource;

import dev.pawl.http.answer.SubmittedJson;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Handler;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.Submission;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests for jobs, which come by more than one route: they are read, traced, repeated and refused alike. */
final class JobSubmissions {

    private final Services parts;
    private final RequestTraces traces;
    private final RepeatableRequests repeats;

    JobSubmissions(Services parts, RepeatableRequests repeats) {
        this.parts = parts;
        this.traces = new RequestTraces(parts);
        this.repeats = repeats;
    }

    /** A route that takes such requests. */
    static Route route(String path, String about, DeclaredAnswer answer, Handler handler) {
        return Route.post(path, Role.OPERATOR, about, answer, handler)
                .body(JobBody.SHAPE)
                .problems(
                        ProblemCode.UNKNOWN_MODULE,
                        ProblemCode.INVALID_INPUT,
                        ProblemCode.INVALID_SETTING,
                        ProblemCode.INVALID_JOB,
                        ProblemCode.ROLE_NEEDED,
                        ProblemCode.UNIQUE_KEY_TAKEN)
                .repeated(Repetition.BY_HANDLER);
    }

    /**
     * Submits the job that a request asks for, or gives the answer of a request with the same key again.
     *
     * @param rule which modules the job may have
     * @param answered makes the answer
     */
    Answer submit(Call call, Function<JobRequest, Submission> rule, Function<SubmittedJson, Answer> answered)
            throws IOException {
        return repeats.kept(
                call, key -> submit(call, key, rule, answered), kept -> answered.apply(SubmittedJson.kept(kept)));
    }

    /** Retries a job that has failed or was stopped, or gives the answer of a request with the same key again. */
    Answer retry(Call call, Function<SubmittedJson, Answer> answered) throws IOException {
        return repeats.kept(call, key -> retry(call, key, answered), kept -> answered.apply(SubmittedJson.kept(kept)));
    }

    private Answer retry(Call call, @Nullable RequestKey key, Function<SubmittedJson, Answer> answered) {
        JobRetry retry = RetryBody.read(call, traces.place(call).orElse(null), key);
        return Answer.after(
                parts.scheduler().get().retry(retry), submitted -> answered.apply(SubmittedJson.of(submitted)));
    }

    private Answer submit(
            Call call,
            @Nullable RequestKey key,
            Function<JobRequest, Submission> rule,
            Function<SubmittedJson, Answer> answered) {
        Submission submission = rule.apply(JobBody.read(call, traces.place(call)));
        return Answer.after(
                parts.scheduler().get().submit(key == null ? submission : submission.withKey(key)),
                submitted -> answered.apply(
                        SubmittedJson.of(BoundCheck.requireVisible(call.actor().principal(), submitted))));
    }
}

package dev.pawl.http.resource;

import dev.pawl.http.answer.StartedJson;
import dev.pawl.http.answer.SubmittedJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Handler;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.Batch;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests for jobs, which come by more than one route: they are read, traced, repeated and refused alike. */
final class JobSubmissions {

    private final Services parts;
    private final RequestTraces traces;
    private final RepeatableRequests repeats;
    private final BoundCheck bounds;

    JobSubmissions(Services parts, RepeatableRequests repeats) {
        this.parts = parts;
        this.traces = new RequestTraces(parts);
        this.repeats = repeats;
        this.bounds = new BoundCheck(parts);
    }

    /** A route that takes such requests. */
    static Route route(String path, String about, DeclaredAnswer answer, Handler handler) {
        return route(path, about, answer, JobBody.SHAPE, handler);
    }

    /** A route that takes such requests in a body of another shape. */
    static Route route(String path, String about, DeclaredAnswer answer, BodyShape body, Handler handler) {
        return Route.post(path, Role.OPERATOR, about, answer, handler)
                .body(body)
                .problems(
                        ProblemCode.UNKNOWN_MODULE,
                        ProblemCode.INVALID_INPUT,
                        ProblemCode.INVALID_SETTING,
                        ProblemCode.INVALID_JOB,
                        ProblemCode.ROLE_NEEDED,
                        ProblemCode.UNIQUE_KEY_TAKEN,
                        ProblemCode.AMBIGUOUS_JOB_ID,
                        ProblemCode.PREREQUISITE_FAILED)
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
                call,
                key -> submit(call, call.fields(), key, rule, answered),
                kept -> answered.apply(SubmittedJson.kept(kept)));
    }

    /** Starts the job or the jobs that a request asks for, or gives the answer of a request with the same key again. */
    Answer start(Call call) throws IOException {
        return repeats.kept(call, key -> start(call, key), kept -> started(StartedJson.kept(kept)));
    }

    private Answer start(Call call, @Nullable RequestKey key) {
        Fields body = call.fields();
        if (!BatchBody.isBatch(body)) {
            return submit(call, body, key, Submission::of, job -> started(StartedJson.of(job)));
        }
        Batch batch = BatchBody.read(body, call.actor(), traces.place(call), key);
        for (int i = 0; i < batch.requests().size(); i++) {
            bounds.requireAfter(call.actor().principal(), batch.requests().get(i), "jobs[" + i + "].");
        }
        return Answer.after(
                parts.scheduler().get().submit(batch),
                all -> started(StartedJson.ofAll(
                        all.stream().map(each -> visible(call, each)).toList())));
    }

    private static Answer started(StartedJson jobs) {
        Answer.JsonBody answer = Answer.json(StartedJson.STARTED, jobs);
        return jobs.jobs() != null
                ? answer
                : answer.with("Location", "/jobs/" + jobs.first().id());
    }

    private static SubmittedJson visible(Call call, Submitted submitted) {
        return SubmittedJson.of(BoundCheck.requireVisible(call.actor().principal(), submitted));
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
            Fields body,
            @Nullable RequestKey key,
            Function<JobRequest, Submission> rule,
            Function<SubmittedJson, Answer> answered) {
        JobRequest request = JobBody.read(body, call.actor(), traces.place(call));
        bounds.requireAfter(call.actor().principal(), request, "");
        Submission submission = rule.apply(request);
        return Answer.after(
                parts.scheduler().get().submit(key == null ? submission : submission.withKey(key)),
                submitted -> answered.apply(visible(call, submitted)));
    }
}

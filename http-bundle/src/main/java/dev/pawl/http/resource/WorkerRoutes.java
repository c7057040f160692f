package dev.pawl.http.resource;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.worker.Heartbeat;
import dev.pawl.api.worker.Worker;
import dev.pawl.api.worker.WorkerStatus;
import dev.pawl.http.json.Fields;
import dev.pawl.http.json.Kind;
import dev.pawl.http.json.Shape;
import dev.pawl.http.json.WorkerJson;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The workers that share the queue. */
public final class WorkerRoutes {

    public static final Shape HEARTBEAT = Shape.of(
            Shape.required("status", Kind.TEXT, "What it is at: idle, startup or in_progress."),
            Shape.required("hostname", Kind.TEXT, "Where it runs."),
            Shape.optional("online_at", Kind.TIME, "Since when it runs."),
            Shape.optional("version", Kind.TEXT, "Of its software."),
            Shape.optional("task", Kind.TEXT, "The module it runs."),
            Shape.optional("job_id", Kind.UUID, "The job it runs, whose lease this keeps."),
            Shape.optional("job_title", Kind.TEXT, "That job's title."),
            Shape.optional("progress", Kind.NUMBER, "0 to 100."),
            Shape.optional("info", Kind.OBJECT, "Values about the running task, by name."));

    private final Parts parts;

    public WorkerRoutes(Parts parts) {
        this.parts = parts;
    }

    public Answer list(Call call) {
        List<Worker> workers = parts.workers().get().workers();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("workers");
            for (Worker worker : workers) {
                WorkerJson.worker(json, worker);
            }
            json.writeEndArray();
            json.writeNumberField("count", workers.size());
            json.writeEndObject();
        });
    }

    public Answer show(Call call) {
        String id = call.path("id");
        Worker worker = parts.workers().get().worker(id).orElseThrow(() -> unknown(id));
        return Answer.json(json -> WorkerJson.worker(json, worker));
    }

    public Answer beat(Call call) {
        Heartbeat heartbeat = heartbeat(call.fields());
        return Answer.after(parts.workers().get().beat(call.path("id"), heartbeat), done -> Answer.none());
    }

    public Answer change(Call call) {
        boolean disabled = call.fields().truth("disabled");
        return Answer.after(
                parts.workers().get().disable(call.path("id"), disabled), done -> QueueRoutes.attributes(disabled));
    }

    public Answer remove(Call call) {
        String id = call.path("id");
        if (!parts.workers().get().remove(id)) {
            throw unknown(id);
        }
        return Answer.none();
    }

    private static Heartbeat heartbeat(Fields body) {
        double progress = body.number("progress").orElse(0.0);
        if (!(progress >= 0 && progress <= 100)) {
            throw new ProblemException(ProblemCode.MALFORMED, "progress is " + progress + "; it takes 0 to 100.");
        }
        return new Heartbeat(
                status(body.text("status")),
                body.time("online_at").orElse(null),
                body.text("hostname"),
                body.optionalText("version").orElse(""),
                body.optionalText("task").orElse(null),
                body.uuid("job_id").orElse(null),
                body.optionalText("job_title").orElse(null),
                body.number("progress").orElse(null),
                body.object("info"));
    }

    private static WorkerStatus status(String word) {
        return Arrays.stream(WorkerStatus.values())
                .filter(status -> status.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MALFORMED,
                        "status is \"" + word + "\"; it takes "
                                + Arrays.stream(WorkerStatus.values())
                                        .map(WorkerStatus::wireName)
                                        .collect(Collectors.joining(" or "))
                                + "."));
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemCode.UNKNOWN_WORKER, "No worker \"" + id + "\" was heard of in the last 30 s.");
    }
}

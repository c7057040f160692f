package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Task;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs on the wire. */
public final class JobJson {

    private JobJson() {}

    /** What a list shows: everything small. */
    public static void summary(JsonGenerator json, JobView view) throws IOException {
        json.writeStartObject();
        small(json, view);
        json.writeEndObject();
    }

    /** What a queue shows: a summary with the tasks. */
    public static void queued(JsonGenerator json, JobView view) throws IOException {
        json.writeStartObject();
        small(json, view);
        tasks(json, view.job().request());
        json.writeEndObject();
    }

    /** What an external worker gets. */
    public static void handed(JsonGenerator json, Job job) throws IOException {
        json.setCharacterEscapes(HtmlSafe.ESCAPES);
        json.writeStartObject();
        json.writeStringField("job_id", job.id().toString());
        json.writeStringField("job_title", job.request().title());
        Times.field(json, "added", job.createdAt());
        json.writeNumberField("epoch", job.state().epoch());
        tasks(json, job.request());
        json.writeEndObject();
    }

    /** What a status shows of a running job. */
    public static void running(JsonGenerator json, Job job) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", job.id().toString());
        json.writeStringField("job_title", job.request().title());
        json.writeStringField("module", job.currentTask().module());
        json.writeStringField("status", job.state().status().wireName());
        Times.field(json, "started_at", job.state().startedAt());
        json.writeNumberField("progress", job.state().progress().percent());
        json.writeEndObject();
    }

    /** Everything. */
    public static void detail(JsonGenerator json, JobView view, List<Run> runs) throws IOException {
        Job job = view.job();
        JobRequest request = job.request();
        JobState state = job.state();
        json.writeStartObject();
        small(json, view);
        Json.field(json, "inputs", request.tasks().get(0).inputs());
        Json.field(json, "settings", request.settings());
        Json.field(json, "effective_settings", state.settings());
        tasks(json, request);
        json.writeNumberField("task_index", state.taskIndex());
        Json.field(json, "checkpoint", state.checkpoint());
        Json.field(json, "info", state.progress().info());
        json.writeFieldName("max_duration");
        Json.value(json, request.maxDuration().map(DurationText::of).orElse(null));
        json.writeNumberField("elapsed_s", state.elapsed().toMillis() / 1000.0);
        json.writeNumberField("epoch", state.epoch());
        json.writeStringField("module_version", state.moduleVersion());
        json.writeNumberField("crashes", state.crashes());
        retry(json, request.retry());
        json.writeStringField("unique_key", request.uniqueKey().orElse(null));
        Instant notBefore = request.notBefore().orElse(null);
        Times.field(json, "not_before", notBefore);
        Times.field(json, "leased_until", state.leasedUntil());
        failure(json, state.failure());
        RunJson.list(json, request, runs);
        json.writeNumberField("runs_left_out", RunJson.before(runs));
        json.writeEndObject();
    }

    /** Why it is not running. */
    public static void reason(JsonGenerator json, Reason reason) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", reason.code().wireName());
        json.writeStringField("sentence", reason.sentence());
        json.writeStringField("unblocked_by", reason.unblockedBy());
        Json.field(json, "position", reason.position());
        json.writeEndObject();
    }

    private static void small(JsonGenerator json, JobView view) throws IOException {
        Job job = view.job();
        JobState state = job.state();
        String id = job.id().toString();
        json.writeStringField("id", id);
        json.writeStringField("job_id", id);
        json.writeStringField("job_title", job.request().title());
        json.writeStringField("module_id", job.request().tasks().get(0).module());
        json.writeStringField("module", job.currentTask().module());
        json.writeStringField("status", state.status().wireName());
        Times.field(json, "created_at", job.createdAt());
        Times.field(json, "added", job.createdAt());
        Times.field(json, "started_at", state.startedAt());
        Times.field(json, "completed_at", state.completedAt());
        Times.field(json, "due_at", state.dueAt());
        json.writeNumberField("progress", state.progress().percent());
        json.writeNumberField("priority", job.request().priority());
        json.writeNumberField("attempt", state.attempt());
        json.writeStringField("worker_id", state.worker());
        json.writeStringField("error", error(state));
        json.writeFieldName("reason");
        Reason reason = view.reason();
        if (reason == null) {
            json.writeNull();
        } else {
            reason(json, reason);
        }
    }

    /** The sentence of a failed job; the failure a retry waits behind is in {@code failure} alone. */
    private static @Nullable String error(JobState state) {
        Failure failure = state.failure();
        return failure == null || state.status() != JobStatus.FAILED ? null : failure.message();
    }

    private static void tasks(JsonGenerator json, JobRequest request) throws IOException {
        json.writeArrayFieldStart("tasks");
        for (Task task : request.tasks()) {
            json.writeStartObject();
            json.writeStringField("module", task.module());
            Json.field(json, "data", task.inputs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void retry(JsonGenerator json, RetryPolicy retry) throws IOException {
        json.writeObjectFieldStart("retry");
        json.writeNumberField("max_attempts", retry.maxAttempts());
        json.writeStringField("backoff", DurationText.of(retry.backoff()));
        json.writeStringField("max_backoff", DurationText.of(retry.maxBackoff()));
        json.writeEndObject();
    }

    static void failure(JsonGenerator json, @Nullable Failure failure) throws IOException {
        if (failure == null) {
            json.writeNullField("failure");
            return;
        }
        json.writeObjectFieldStart("failure");
        json.writeStringField("phase", failure.phase().wireName());
        json.writeNumberField("task_index", failure.taskIndex());
        json.writeStringField("module", failure.module());
        json.writeStringField("message", failure.message());
        json.writeStringField("stack", failure.stack());
        json.writeStringField("remedy", failure.remedy());
        json.writeEndObject();
    }
}

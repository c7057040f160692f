package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Run;
import java.io.IOException;
import java.util.List;

/** The runs of a job on the wire. */
public final class RunJson {

    private RunJson() {}

    /** A page of them, and where the one before it ends. */
    public static void page(JsonGenerator json, JobRequest request, List<Run> runs, int limit) throws IOException {
        json.writeStartObject();
        list(json, request, runs);
        long earlier = before(runs);
        Json.field(json, "next_before", earlier == 0 ? null : earlier + 1);
        json.writeNumberField("limit", limit);
        json.writeEndObject();
    }

    /** How many came before the first of them, those that are no longer kept included. */
    static long before(List<Run> runs) {
        return runs.isEmpty() ? 0 : runs.get(0).epoch() - 1;
    }

    static void list(JsonGenerator json, JobRequest request, List<Run> runs) throws IOException {
        json.writeArrayFieldStart("runs");
        for (Run run : runs) {
            json.writeStartObject();
            json.writeNumberField("epoch", run.epoch());
            json.writeNumberField("task_index", run.taskIndex());
            json.writeStringField("module", request.tasks().get(run.taskIndex()).module());
            json.writeStringField("module_version", run.moduleVersion());
            json.writeStringField("worker_id", run.worker());
            Times.field(json, "started_at", run.startedAt());
            Times.field(json, "ended_at", run.endedAt());
            json.writeStringField("outcome", run.outcome().wireName());
            JobJson.failure(json, run.failure());
            json.writeArrayFieldStart("done_tasks");
            for (Run.DoneTask task : run.done()) {
                json.writeStartObject();
                json.writeNumberField("task_index", task.taskIndex());
                json.writeStringField(
                        "module", request.tasks().get(task.taskIndex()).module());
                json.writeStringField("module_version", task.moduleVersion());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}

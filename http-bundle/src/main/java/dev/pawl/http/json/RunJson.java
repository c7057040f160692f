package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.api.job.JobRequest;
import dev.pawl.api.job.Run;
import java.io.IOException;
import java.util.List;

/** The runs of a job on the wire. */
final class RunJson {

    private RunJson() {}

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

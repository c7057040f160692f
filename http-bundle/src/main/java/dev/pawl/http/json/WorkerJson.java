package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** Workers on the wire. */
public final class WorkerJson {

    private WorkerJson() {}

    public static void worker(JsonGenerator json, Worker worker) throws IOException {
        json.writeStartObject();
        json.writeStringField("worker_id", worker.id());
        json.writeStringField("status", worker.heartbeat().status().wireName());
        Times.field(json, "online_at", worker.heartbeat().onlineAt());
        Times.field(json, "seen_at", worker.seenAt());
        json.writeStringField("hostname", worker.heartbeat().hostname());
        json.writeStringField("version", worker.heartbeat().version());
        task(json, worker.heartbeat());
        json.writeObjectFieldStart("attributes");
        json.writeBooleanField("disabled", worker.disabled());
        json.writeEndObject();
        json.writeArrayFieldStart("running");
        for (Heartbeat running : worker.running()) {
            json.writeStartObject();
            task(json, running);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What it runs; no field when it is idle. */
    private static void task(JsonGenerator json, Heartbeat heartbeat) throws IOException {
        if (heartbeat.task() != null) {
            json.writeStringField("task", heartbeat.task());
        }
        UUID job = heartbeat.jobId();
        if (job != null) {
            json.writeStringField("job_id", job.toString());
        }
        if (heartbeat.jobTitle() != null) {
            json.writeStringField("job_title", heartbeat.jobTitle());
        }
        Double progress = heartbeat.progress();
        if (progress != null) {
            json.writeNumberField("progress", progress);
        }
        if (job != null || !heartbeat.info().equals(Map.of())) {
            Json.field(json, "info", heartbeat.info());
        }
    }
}

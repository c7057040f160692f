package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.LogEntry;
import java.io.IOException;

/** Log lines and results on the wire. */
public final class LogJson {

    private LogJson() {}

    public static void entry(JsonGenerator json, LogEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", entry.sequence());
        Times.field(json, "timestamp", entry.timestamp());
        Times.field(json, "created_at", entry.timestamp());
        json.writeStringField("level", entry.level().name());
        json.writeStringField("message", entry.message());
        json.writeNumberField("sequence", entry.sequence());
        json.writeNumberField("task_index", entry.taskIndex());
        json.writeNumberField("epoch", entry.epoch());
        json.writeEndObject();
    }

    /** A result; its object goes through as the text it is kept as. */
    public static void result(JsonGenerator json, JobResult result) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", result.sequence());
        json.writeFieldName("data");
        json.writeRawValue(result.json());
        json.writeNumberField("sequence", result.sequence());
        Times.field(json, "timestamp", result.timestamp());
        Times.field(json, "created_at", result.timestamp());
        json.writeNumberField("task_index", result.taskIndex());
        json.writeBooleanField("tentative", result.tentative());
        json.writeEndObject();
    }
}

package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.job.JobStatus;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a module does, on the wire. */
public final class DiagnosisJson {

    private DiagnosisJson() {}

    /** The fields; the caller begins and ends the object. */
    public static void fields(JsonGenerator json, ModuleDiagnosis diagnosis) throws IOException {
        json.writeStringField("bundle_state", diagnosis.bundleState());
        json.writeFieldName("component");
        component(json, diagnosis.component());
        json.writeObjectFieldStart("jobs");
        for (JobStatus status : JobStatus.values()) {
            json.writeNumberField(status.wireName(), diagnosis.jobs().getOrDefault(status, 0L));
        }
        json.writeEndObject();
        json.writeNumberField("abandoned_threads", diagnosis.abandonedThreads());
        json.writeArrayFieldStart("retiring");
        for (ModuleDiagnosis.Retiring old : diagnosis.retiring()) {
            json.writeStartObject();
            json.writeStringField("version", old.version());
            Json.field(json, "jobs", old.jobs());
            json.writeEndObject();
        }
        json.writeEndArray();
        leaks(json, diagnosis.leaks());
    }

    /** The field {@code leaks}. */
    public static void leaks(JsonGenerator json, List<Leak> leaks) throws IOException {
        json.writeArrayFieldStart("leaks");
        for (Leak leak : leaks) {
            json.writeStartObject();
            json.writeStringField("bundle", leak.bundle());
            json.writeStringField("version", leak.version());
            Json.field(json, "modules", leak.modules());
            Times.field(json, "gone_at", leak.goneAt());
            Json.field(json, "holders", leak.holders());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void component(JsonGenerator json, ModuleDiagnosis.@Nullable Component component)
            throws IOException {
        if (component == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("name", component.name());
        json.writeStringField("state", component.state());
        json.writeArrayFieldStart("references");
        for (ModuleDiagnosis.Reference reference : component.references()) {
            json.writeStartObject();
            json.writeStringField("name", reference.name());
            json.writeStringField("service", reference.service());
            json.writeStringField("target", reference.target());
            json.writeBooleanField("satisfied", reference.satisfied());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("configuration");
        for (ModuleDiagnosis.Configuration configuration : component.configuration()) {
            json.writeStartObject();
            json.writeStringField("pid", configuration.pid());
            json.writeBooleanField("required", configuration.required());
            json.writeBooleanField("present", configuration.present());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("failure", component.failure());
        json.writeEndObject();
    }
}

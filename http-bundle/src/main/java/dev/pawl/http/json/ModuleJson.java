package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.FieldType;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Modules on the wire. */
public final class ModuleJson {

    private ModuleJson() {}

    /** What a list shows. */
    public static void summary(JsonGenerator json, ModuleEntry module) throws IOException {
        json.writeStartObject();
        small(json, module);
        json.writeEndObject();
    }

    /** The fields of a list, and what it takes; the caller begins and ends the object. */
    public static void manifest(JsonGenerator json, ModuleEntry module) throws IOException {
        small(json, module);
        fields(json, "inputs", module.inputs());
        fields(json, "settings", module.settings());
        json.writeFieldName("inputs_schema");
        json.writeRawValue(module.inputs().json());
        json.writeFieldName("settings_schema");
        json.writeRawValue(module.settings().json());
    }

    private static void small(JsonGenerator json, ModuleEntry module) throws IOException {
        json.writeStringField("id", module.id());
        json.writeStringField("name", module.name());
        json.writeStringField("version", module.version());
        json.writeStringField("description", module.description());
        Json.field(json, "capabilities", module.capabilities());
        json.writeBooleanField("enabled", module.enabled());
        json.writeStringField("state", module.state().wireName());
        json.writeStringField("explanation", module.explanation());
        json.writeStringField("bundle", module.bundle());
        json.writeNumberField("concurrency", module.concurrency());
        json.writeStringField("role", module.role().wireName());
        Json.field(json, "warnings", module.warnings());
    }

    private static void fields(JsonGenerator json, String name, Schema schema) throws IOException {
        json.writeArrayFieldStart(name);
        for (Field field : schema.fields()) {
            json.writeStartObject();
            json.writeStringField("id", field.id());
            json.writeStringField("type", field.type().wireName());
            json.writeBooleanField("required", field.required());
            Json.field(json, "default", field.otherwise());
            json.writeStringField("description", field.description());
            Json.field(json, "min", bound(field.type(), field.min()));
            Json.field(json, "max", bound(field.type(), field.max()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A bound as the values that it bounds: whole, unless they may have fractions. */
    private static @Nullable Number bound(FieldType type, @Nullable Double bound) {
        return bound == null || type == FieldType.NUMBER ? bound : (Number) bound.longValue();
    }
}

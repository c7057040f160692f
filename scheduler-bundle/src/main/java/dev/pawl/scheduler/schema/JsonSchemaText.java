package dev.pawl.scheduler.schema;

import dev.pawl.base.json.value.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes fields as a JSON Schema, draft 2020-12 (json-schema.org/draft/2020-12). */
final class JsonSchemaText {

    private JsonSchemaText() {}

    static String of(List<FieldShape> fields) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.putAll(object(fields));
        return Json.text(root);
    }

    private static Map<String, Object> object(List<FieldShape> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (FieldShape field : fields) {
            Map<String, Object> property = shape(field.shape());
            if (!field.description().isEmpty()) {
                property.put("description", field.description());
            }
            if (field.otherwise() != null && !Secrets.isIn(field.shape())) {
                property.put("default", field.otherwise());
            }
            properties.put(field.id(), property);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put(
                "required",
                fields.stream().filter(FieldShape::required).map(FieldShape::id).toList());
        object.put("additionalProperties", false);
        return object;
    }

    private static Map<String, Object> shape(ValueShape shape) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (shape instanceof ValueShape.Text text) {
            schema.put("type", "string");
            bounds(schema, "minLength", "maxLength", text.range());
        } else if (shape instanceof ValueShape.Spelled spelled) {
            schema.put("type", "string");
            if (!spelled.spelling().format().isEmpty()) {
                schema.put("format", spelled.spelling().format());
            }
        } else if (shape instanceof ValueShape.Hidden hidden) {
            schema.put("type", "string");
            schema.put("format", "password");
            schema.put("writeOnly", true);
            bounds(schema, "minLength", "maxLength", hidden.range());
        } else if (shape instanceof ValueShape.Whole whole) {
            schema.put("type", "integer");
            bounds(schema, "minimum", "maximum", whole.range());
        } else if (shape instanceof ValueShape.Decimal decimal) {
            schema.put("type", "number");
            bounds(schema, "minimum", "maximum", decimal.range());
        } else if (shape instanceof ValueShape.Flag) {
            schema.put("type", "boolean");
        } else if (shape instanceof ValueShape.Choice choice) {
            schema.put("type", "string");
            schema.put("enum", choice.words());
        } else if (shape instanceof ValueShape.Fields fields) {
            schema.putAll(object(fields.fields()));
        } else if (shape instanceof ValueShape.Many many) {
            schema.put("type", "array");
            schema.put("items", shape(many.item()));
        } else if (shape instanceof ValueShape.Named named) {
            schema.put("type", "object");
            schema.put("additionalProperties", shape(named.value()));
        }
        return schema;
    }

    private static void bounds(Map<String, Object> schema, String low, String high, Range range) {
        if (range.min() != null) {
            schema.put(low, range.min());
        }
        if (range.max() != null) {
            schema.put(high, range.max());
        }
    }
}

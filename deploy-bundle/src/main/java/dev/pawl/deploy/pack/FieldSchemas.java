package dev.pawl.deploy.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the inputs or settings of a manifest, a list of fields, as a JSON Schema. */
final class FieldSchemas {

    private FieldSchemas() {}

    /** The schema of the fields. */
    static Map<String, Object> of(List<ManifestField> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (ManifestField field : fields) {
            properties.put(field.id(), property(field));
            if (field.required()) {
                required.add(field.id());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(ManifestField field) {
        Map<String, Object> property = new LinkedHashMap<>();
        switch (field.type().toLowerCase(Locale.ROOT)) {
            case "number", "float" -> property.put("type", "number");
            case "integer", "int" -> property.put("type", "integer");
            case "boolean", "bool" -> property.put("type", "boolean");
            case "text", "string", "url", "textarea" -> property.put("type", "string");
            case "secret", "password" -> {
                property.put("type", "string");
                property.put("format", "password");
                property.put("writeOnly", true);
            }
            default -> {
                // json, and types that the older engine let pass: any value
            }
        }
        if (!field.description().isEmpty()) {
            property.put("description", field.description());
        }
        Object otherwise = otherwise(field, property.get("type"));
        if (otherwise != null) {
            property.put("default", otherwise);
        }
        return property;
    }

    /** The default; none for secrets, and none for an empty text where another type is wanted. */
    private static @Nullable Object otherwise(ManifestField field, @Nullable Object type) {
        Object otherwise = field.otherwise();
        if (otherwise == null || field.isSecret()) {
            return null;
        }
        if ("string".equals(type)) {
            return otherwise.toString();
        }
        return type != null && otherwise.equals("") ? null : otherwise;
    }
}

package dev.pawl.scheduler.schema;

import dev.pawl.base.json.value.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON Schema that a module ships (draft 2020-12). The shape of the values comes from type, properties, required, default, enum
 * of texts, minimum and maximum, minLength and maxLength, items, additionalProperties and format; {@link SchemaRules} checks the rest,
 * and {@link SchemaKeywords} refuses keywords that neither obeys.
 */
public final class SchemaFile {

    private SchemaFile() {}

    /**
     * The schema in the text.
     *
     * @throws IllegalArgumentException when the text is no JSON Schema of type object, or has a keyword that is not obeyed
     */
    public static ValueSchema read(String json) {
        Map<String, Object> root = Json.object(JsonCheck.check("The JSON Schema", json));
        if (!"object".equals(root.get("type"))) {
            throw new IllegalArgumentException(
                    "A module's JSON Schema is of type object, not " + root.get("type") + ".");
        }
        SchemaKeywords.requireObeyed(root);
        return new ValueSchema(fields(root), Json.text(root), root);
    }

    private static List<FieldShape> fields(Map<?, ?> object) {
        Set<?> required = object.get("required") instanceof List<?> names ? Set.copyOf(names) : Set.of();
        List<FieldShape> fields = new ArrayList<>();
        if (object.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, value) -> {
                Map<?, ?> property = value instanceof Map<?, ?> schema ? schema : Map.of();
                String id = String.valueOf(name);
                ValueShape shape = shape(property);
                Object otherwise = property.get("default");
                fields.add(new FieldShape(
                        id,
                        id,
                        shape,
                        required.contains(id),
                        otherwise == null ? null : Conversion.convert(id, shape, otherwise),
                        property.get("description") instanceof String text ? text : "",
                        false));
            });
        }
        return fields;
    }

    private static ValueShape shape(Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?> words && words.stream().allMatch(String.class::isInstance)) {
            return new ValueShape.Choice(words.stream().map(String::valueOf).toList());
        }
        if (!(type(schema) instanceof String type)) {
            return new ValueShape.Free();
        }
        return switch (type) {
            case "string" -> text(schema);
            case "integer" -> new ValueShape.Whole(range(schema, "minimum", "maximum"), Long.SIZE);
            case "number" -> new ValueShape.Decimal(range(schema, "minimum", "maximum"), ValueShape.Decimal.ANY);
            case "boolean" -> new ValueShape.Flag();
            case "array" -> new ValueShape.Many(part(schema.get("items")));
            case "object" ->
                schema.containsKey("properties") || Boolean.FALSE.equals(schema.get("additionalProperties"))
                        ? new ValueShape.Fields(fields(schema))
                        : new ValueShape.Named(part(schema.get("additionalProperties")));
            default -> new ValueShape.Free();
        };
    }

    /** The type besides null: an absent value and null are the same here. */
    private static @Nullable Object type(Map<?, ?> schema) {
        if (schema.get("type") instanceof List<?> types) {
            List<?> real = types.stream().filter(type -> !"null".equals(type)).toList();
            return real.size() == 1 ? real.get(0) : null;
        }
        return schema.get("type");
    }

    private static ValueShape text(Map<?, ?> schema) {
        Range length = range(schema, "minLength", "maxLength");
        if ("password".equals(schema.get("format"))) {
            return new ValueShape.Hidden(length);
        }
        return Arrays.stream(Spelling.values())
                .filter(spelling ->
                        !spelling.format().isEmpty() && spelling.format().equals(schema.get("format")))
                .findFirst()
                .<ValueShape>map(ValueShape.Spelled::new)
                .orElseGet(() -> new ValueShape.Text(length));
    }

    private static ValueShape part(@Nullable Object schema) {
        return schema instanceof Map<?, ?> map ? shape(map) : new ValueShape.Free();
    }

    private static Range range(Map<?, ?> schema, String low, String high) {
        return new Range(number(schema.get(low)), number(schema.get(high)));
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return value instanceof Number number ? new BigDecimal(number.toString()) : null;
    }
}

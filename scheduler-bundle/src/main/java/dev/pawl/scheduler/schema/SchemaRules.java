package dev.pawl.scheduler.schema;

import dev.pawl.base.json.value.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rules of a module's own JSON Schema beyond a {@link ValueShape}, at any depth: enum, const, pattern, minLength, maxLength,
 * minItems, maxItems, uniqueItems, minimum, maximum, exclusiveMinimum, exclusiveMaximum and multipleOf (draft 2020-12,
 * json-schema.org/draft/2020-12).
 */
final class SchemaRules {

    private SchemaRules() {}

    /** Checks the values by name against the properties of an object's schema, or against the schema of all of them. */
    static void check(String prefix, Map<?, ?> schema, Map<?, ?> values) {
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> listed ? listed : Map.of();
        values.forEach((name, value) -> {
            Object part = properties.containsKey(name) ? properties.get(name) : schema.get("additionalProperties");
            if (part instanceof Map<?, ?> property && value != null) {
                checkValue(prefix + name, property, value);
            }
        });
    }

    private static void checkValue(String path, Map<?, ?> schema, Object value) {
        String accepted = accepted(path, schema, value);
        if (accepted != null) {
            throw new InvalidValueException(path + " "
                    + (holdsSecret(schema) ? "has a value that is not accepted" : "is " + Conversion.shown(value))
                    + "; it takes "
                    + accepted + ".");
        }
        if (value instanceof Map<?, ?> object) {
            check(path + ".", schema, object);
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                Object item = list.get(i);
                if (item != null) {
                    checkValue(path + "[" + i + "]", items, item);
                }
            }
        }
    }

    private static boolean holdsSecret(@Nullable Object schema) {
        return schema instanceof Map<?, ?> map
                && ("password".equals(map.get("format"))
                        || holdsSecret(map.get("items"))
                        || holdsSecret(map.get("additionalProperties"))
                        || (map.get("properties") instanceof Map<?, ?> properties
                                && properties.values().stream().anyMatch(SchemaRules::holdsSecret)));
    }

    /** The values that the first broken rule accepts, in words; null when all rules hold. */
    private static @Nullable String accepted(String path, Map<?, ?> schema, Object value) {
        if (schema.get("enum") instanceof List<?> words && !isOneOf(words, value)) {
            return "one of "
                    + String.join(", ", words.stream().map(SchemaRules::shown).toList());
        }
        if (schema.containsKey("const") && !isOneOf(Collections.singletonList(schema.get("const")), value)) {
            return shown(schema.get("const"));
        }
        if (value instanceof String text) {
            return text(path, schema, text);
        }
        if (value instanceof List<?> list) {
            return items(schema, list);
        }
        return value instanceof Number number ? number(schema, decimal(number)) : null;
    }

    private static boolean isOneOf(List<?> words, Object value) {
        String canonical = CanonicalJson.of(value);
        return words.stream().anyMatch(word -> CanonicalJson.of(word).equals(canonical));
    }

    private static @Nullable String text(String path, Map<?, ?> schema, String text) {
        if (schema.get("minLength") instanceof Number least && text.length() < least.longValue()) {
            return "a text of at least " + least + " characters";
        }
        if (schema.get("maxLength") instanceof Number most && text.length() > most.longValue()) {
            return "a text of at most " + most + " characters";
        }
        return schema.get("pattern") instanceof String pattern && !BoundedMatch.find(path, pattern, text)
                ? "a text that matches " + pattern
                : null;
    }

    private static @Nullable String items(Map<?, ?> schema, List<?> list) {
        if (schema.get("minItems") instanceof Number least && list.size() < least.longValue()) {
            return "a list of at least " + least + " entries";
        }
        if (schema.get("maxItems") instanceof Number most && list.size() > most.longValue()) {
            return "a list of at most " + most + " entries";
        }
        return Boolean.TRUE.equals(schema.get("uniqueItems"))
                        && list.stream().map(CanonicalJson::of).distinct().count() < list.size()
                ? "a list without equal entries"
                : null;
    }

    private static @Nullable String number(Map<?, ?> schema, BigDecimal value) {
        if (schema.get("minimum") instanceof Number bound && value.compareTo(decimal(bound)) < 0) {
            return "a number from " + bound;
        }
        if (schema.get("maximum") instanceof Number bound && value.compareTo(decimal(bound)) > 0) {
            return "a number up to " + bound;
        }
        if (schema.get("exclusiveMinimum") instanceof Number bound && value.compareTo(decimal(bound)) <= 0) {
            return "a number above " + bound;
        }
        if (schema.get("exclusiveMaximum") instanceof Number bound && value.compareTo(decimal(bound)) >= 0) {
            return "a number below " + bound;
        }
        return schema.get("multipleOf") instanceof Number step
                        && decimal(step).signum() > 0
                        && value.remainder(decimal(step)).signum() != 0
                ? "a multiple of " + step
                : null;
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    private static String shown(@Nullable Object value) {
        return value instanceof String word ? word : value == null ? "null" : Json.text(value);
    }
}

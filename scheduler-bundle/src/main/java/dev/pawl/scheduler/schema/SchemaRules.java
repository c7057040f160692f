package dev.pawl.scheduler.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a module's own JSON Schema asks beyond a {@link ValueShape}: {@code enum}, {@code const}, {@code pattern}, {@code minItems},
 * {@code maxItems}, {@code minimum}, {@code maximum}, {@code exclusiveMinimum}, {@code exclusiveMaximum} and {@code multipleOf}, at any depth (draft 2020-12,
 * json-schema.org/draft/2020-12). Other words of it are for people and programs that read the schema.
 */
final class SchemaRules {

    private SchemaRules() {}

    /** Refuses a schema whose patterns are none. */
    static void requireSound(Object schema) {
        if (schema instanceof Map<?, ?> map) {
            if (map.get("pattern") instanceof String pattern) {
                try {
                    Pattern.compile(pattern);
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException("The pattern \"" + pattern + "\" of the schema is none.", e);
                }
            }
            map.values().forEach(SchemaRules::requireSound);
        } else if (schema instanceof List<?> list) {
            list.forEach(SchemaRules::requireSound);
        }
    }

    /** Checks the values by name against the properties of an object's schema. */
    static void check(String prefix, Map<?, ?> schema, Map<?, ?> values) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            values.forEach((name, value) -> {
                if (properties.get(name) instanceof Map<?, ?> property && value != null) {
                    checkValue(prefix + name, property, value);
                }
            });
        }
    }

    private static void checkValue(String path, Map<?, ?> schema, Object value) {
        String accepted = accepted(path, schema, value);
        if (accepted != null) {
            boolean secret = "password".equals(schema.get("format"));
            throw new InvalidValueException(path + " "
                    + (secret ? "has a value that is not accepted" : "is " + Conversion.shown(value)) + "; it takes "
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

    /** What the first broken rule accepts; null when all hold. */
    private static @Nullable String accepted(String path, Map<?, ?> schema, Object value) {
        if (schema.get("enum") instanceof List<?> words && words.stream().noneMatch(word -> same(word, value))) {
            return "one of "
                    + String.join(", ", words.stream().map(SchemaRules::text).toList());
        }
        if (schema.containsKey("const") && !same(schema.get("const"), value)) {
            return text(schema.get("const"));
        }
        if (value instanceof String text && schema.get("pattern") instanceof String pattern) {
            return BoundedMatch.find(path, pattern, text) ? null : "a text that matches " + pattern;
        }
        if (value instanceof List<?> list) {
            return items(schema, list.size());
        }
        return value instanceof Number number ? number(schema, decimal(number)) : null;
    }

    private static @Nullable String items(Map<?, ?> schema, int size) {
        if (schema.get("minItems") instanceof Number least && size < least.longValue()) {
            return "a list of at least " + least + " entries";
        }
        return schema.get("maxItems") instanceof Number most && size > most.longValue()
                ? "a list of at most " + most + " entries"
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

    private static boolean same(@Nullable Object one, Object other) {
        if (one instanceof Number left && other instanceof Number right) {
            return decimal(left).compareTo(decimal(right)) == 0;
        }
        return other.equals(one);
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    private static String text(@Nullable Object value) {
        return value instanceof String word ? word : value == null ? "null" : Json.text(value);
    }
}

package dev.pawl.scheduler.schema;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a JSON Schema of a module with keywords that are not obeyed here (draft 2020-12, json-schema.org/draft/2020-12, and those of
 * earlier drafts), naming the keyword and its place as a JSON pointer (RFC 6901). Annotations, and keywords that no draft has, constrain
 * no value and are accepted.
 */
final class SchemaKeywords {

    private static final Set<String> NOT_OBEYED = Set.of(
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentSchemas",
            "dependentRequired",
            "dependencies",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "contains",
            "minContains",
            "maxContains",
            "patternProperties",
            "propertyNames",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
            "divisibleBy",
            "disallow",
            "extends");

    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");

    /** Keywords that are obeyed for values of one type alone, which must stand beside them. */
    private static final Map<String, String> TYPED =
            Map.of("properties", "object", "required", "object", "additionalProperties", "object", "items", "array");

    private static final Map<String, ValueKind> VALUES = Map.ofEntries(
            entry("type", ValueKind.TYPE),
            entry("properties", ValueKind.OBJECT),
            entry("required", ValueKind.NAMES),
            entry("enum", ValueKind.LIST),
            entry("minimum", ValueKind.NUMBER),
            entry("maximum", ValueKind.NUMBER),
            entry("exclusiveMinimum", ValueKind.NUMBER),
            entry("exclusiveMaximum", ValueKind.NUMBER),
            entry("multipleOf", ValueKind.STEP),
            entry("minLength", ValueKind.COUNT),
            entry("maxLength", ValueKind.COUNT),
            entry("pattern", ValueKind.PATTERN),
            entry("minItems", ValueKind.COUNT),
            entry("maxItems", ValueKind.COUNT),
            entry("uniqueItems", ValueKind.FLAG));

    private SchemaKeywords() {}

    /**
     * Condition on the value of a keyword under which the keyword is obeyed.
     *
     * @param words the condition in words that complete "it has to be …"
     */
    private record ValueKind(String words, Predicate<Object> test) {
        static final ValueKind TYPE = new ValueKind(
                "one of array, boolean, integer, number, object and string, alone or in a list with null",
                ValueKind::isType);
        static final ValueKind OBJECT = new ValueKind("an object", Map.class::isInstance);
        static final ValueKind NAMES = new ValueKind(
                "a list of names",
                value -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
        static final ValueKind LIST =
                new ValueKind("a list of values", value -> value instanceof List<?> list && !list.isEmpty());
        static final ValueKind NUMBER = new ValueKind("a number", Number.class::isInstance);
        static final ValueKind STEP = new ValueKind(
                "a number above 0",
                value -> value instanceof Number number && decimal(number).signum() > 0);
        static final ValueKind COUNT = new ValueKind("a whole number from 0 on", ValueKind::isCount);
        static final ValueKind PATTERN = new ValueKind("a regular expression as Java has them", ValueKind::isPattern);
        static final ValueKind FLAG = new ValueKind("true or false", Boolean.class::isInstance);

        private static boolean isType(Object value) {
            List<?> types = value instanceof List<?> list
                    ? list.stream().filter(type -> !"null".equals(type)).toList()
                    : List.of(value);
            return types.size() == 1 && TYPES.contains(String.valueOf(types.get(0)));
        }

        private static boolean isCount(Object value) {
            return value instanceof Number number
                    && decimal(number).signum() >= 0
                    && decimal(number).stripTrailingZeros().scale() <= 0;
        }

        private static boolean isPattern(Object value) {
            if (!(value instanceof String text)) {
                return false;
            }
            try {
                Pattern.compile(text);
                return true;
            } catch (PatternSyntaxException e) {
                return false;
            }
        }

        private static BigDecimal decimal(Number number) {
            return new BigDecimal(number.toString());
        }
    }

    /**
     * Checks the schema of an object whose names are all listed.
     *
     * @throws IllegalArgumentException for the first keyword that is not obeyed
     */
    static void requireObeyed(Map<?, ?> root) {
        requireClosed("/additionalProperties", root);
        object("", root);
    }

    private static void schema(String place, @Nullable Object schema) {
        if (schema instanceof Map<?, ?> map) {
            object(place, map);
        } else if (!Boolean.TRUE.equals(schema)) {
            throw new IllegalArgumentException(
                    "the schema at " + place + " is " + CanonicalJson.of(schema) + "; it has to be an object or true.");
        }
    }

    private static void object(String place, Map<?, ?> schema) {
        schema.forEach((word, value) -> keyword(place + "/" + word, schema, String.valueOf(word), value));
    }

    private static void keyword(String place, Map<?, ?> schema, String word, @Nullable Object value) {
        if (NOT_OBEYED.contains(word)) {
            throw refusal(place, word, "is not obeyed here; docs/writing-a-module.md lists those that are");
        }
        if (TYPED.containsKey(word) && !schema.containsKey("type")) {
            throw refusal(place, word, "is obeyed only with \"type\": \"" + TYPED.get(word) + "\" beside it");
        }
        ValueKind kind = VALUES.get(word);
        if (kind != null && (value == null || !kind.test().test(value))) {
            throw refusal(place, word, "is " + CanonicalJson.of(value) + "; it has to be " + kind.words());
        }
        switch (word) {
            case "properties" -> properties(place, value);
            case "required" -> requireListed(place, value, schema);
            case "items" -> schema(place, value);
            case "additionalProperties" -> additional(place, schema, value);
            default -> {
                // the other keywords hold no schemas that are obeyed
            }
        }
    }

    private static void properties(String place, @Nullable Object value) {
        if (value instanceof Map<?, ?> properties) {
            properties.forEach((name, part) -> schema(place + "/" + escaped(name), part));
        }
    }

    private static void requireListed(String place, @Nullable Object value, Map<?, ?> schema) {
        Set<?> listed = schema.get("properties") instanceof Map<?, ?> properties ? properties.keySet() : Set.of();
        for (Object name : value instanceof List<?> names ? names : List.of()) {
            if (!listed.contains(name)) {
                throw refusal(place, "required", "names " + name + ", which properties beside it does not list");
            }
        }
    }

    private static void additional(String place, Map<?, ?> schema, @Nullable Object value) {
        if (schema.containsKey("properties")) {
            requireClosed(place, schema);
        } else if (!Boolean.FALSE.equals(value)) {
            schema(place, value);
        }
    }

    private static void requireClosed(String place, Map<?, ?> schema) {
        if (schema.containsKey("additionalProperties") && !Boolean.FALSE.equals(schema.get("additionalProperties"))) {
            throw refusal(
                    place,
                    "additionalProperties",
                    "can only be false: names that properties beside it do not list are refused");
        }
    }

    private static IllegalArgumentException refusal(String place, String word, String why) {
        return new IllegalArgumentException("the keyword " + word + " at " + place + " " + why + ".");
    }

    private static String escaped(Object name) {
        return String.valueOf(name).replace("~", "~0").replace("/", "~1");
    }
}

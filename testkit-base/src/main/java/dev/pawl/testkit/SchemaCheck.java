package dev.pawl.testkit;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against the schemas of a description, which may refer to each other. Knows the keywords of JSON Schema that our description uses;
 * another one is an error of the test.
 */
final class SchemaCheck {

    /** The keywords that do not affect validity. */
    private static final Set<String> FOR_PEOPLE = Set.of("description", "examples", "default");

    private static final int LONGEST_SHOWN = 200;

    private final Map<?, ?> openApi;

    SchemaCheck(Map<?, ?> openApi) {
        this.openApi = openApi;
    }

    /** The differences between a value and a schema. */
    List<String> wrong(@Nullable Object schema, @Nullable Object value) {
        List<String> wrong = new ArrayList<>();
        check(object(schema), value, "", wrong);
        return wrong;
    }

    /** The part of the description that another one refers to, or that one itself. */
    Map<?, ?> resolved(Map<?, ?> schema) {
        if (!(schema.get("$ref") instanceof String reference)) {
            return schema;
        }
        Object found = openApi;
        for (String name : reference.substring("#/".length()).split("/", -1)) {
            found = object(found).get(name);
        }
        if (found == null) {
            throw new AssertionError("There is no " + reference + ".");
        }
        return resolved(object(found));
    }

    private void check(Map<?, ?> schema, @Nullable Object value, String at, List<String> wrong) {
        if (schema.containsKey("$ref")) {
            check(resolved(schema), value, at, wrong);
            return;
        }
        if (schema.get("allOf") instanceof List<?> all) {
            check(merged(schema, all), value, at, wrong);
            return;
        }
        for (Map.Entry<?, ?> keyword : schema.entrySet()) {
            Object expected = keyword.getValue();
            switch (String.valueOf(keyword.getKey())) {
                case "type" -> checkType(expected, value, at, wrong);
                case "format" -> checkFormat(String.valueOf(expected), value, at, wrong);
                case "enum" -> require(((List<?>) expected).contains(value), at, "one of " + expected, value, wrong);
                case "minimum" ->
                    checkNumber(
                            value,
                            number -> number.compareTo(decimal(expected)) >= 0,
                            at,
                            "at least " + expected,
                            wrong);
                case "maximum" ->
                    checkNumber(
                            value,
                            number -> number.compareTo(decimal(expected)) <= 0,
                            at,
                            "at most " + expected,
                            wrong);
                case "minLength" ->
                    checkLength(
                            value,
                            length -> length >= decimal(expected).intValue(),
                            at,
                            "at least " + expected + " characters",
                            wrong);
                case "maxLength" ->
                    checkLength(
                            value,
                            length -> length <= decimal(expected).intValue(),
                            at,
                            "at most " + expected + " characters",
                            wrong);
                case "anyOf" -> checkAny((List<?>) expected, value, at, wrong);
                case "items" -> checkItems(object(expected), value, at, wrong);
                case "properties" -> checkFields(schema, value, at, wrong);
                case "required", "additionalProperties" -> {} // checked with the properties
                case "contentSchema" -> {} // of what the events of a text hold, which the standard leaves to readers
                default -> {
                    if (!FOR_PEOPLE.contains(String.valueOf(keyword.getKey()))) {
                        throw new AssertionError("This check does not know " + keyword.getKey() + " of JSON Schema.");
                    }
                }
            }
        }
    }

    /** One schema for all parts of an {@code allOf}: a field that one of them describes is described for all. */
    private Map<?, ?> merged(Map<?, ?> schema, List<?> parts) {
        Map<Object, Object> whole = new LinkedHashMap<>(schema);
        whole.remove("allOf");
        Map<Object, Object> properties = new LinkedHashMap<>(object(schema.get("properties")));
        Set<Object> required = new LinkedHashSet<>();
        for (Object part : parts) {
            Map<?, ?> resolved = resolved(object(part));
            whole.putAll(resolved);
            properties.putAll(object(resolved.get("properties")));
            required.addAll(resolved.get("required") instanceof List<?> names ? names : List.of());
        }
        if (!properties.isEmpty()) {
            whole.put("properties", properties);
            whole.put("required", List.copyOf(required));
        }
        return whole;
    }

    private static void checkNumber(
            @Nullable Object value, Predicate<BigDecimal> fits, String at, String expected, List<String> wrong) {
        require(!(value instanceof Number) || fits.test(decimal(value)), at, expected, value, wrong);
    }

    private static void checkLength(
            @Nullable Object value, IntPredicate fits, String at, String expected, List<String> wrong) {
        require(!(value instanceof String text) || fits.test(text.length()), at, expected, value, wrong);
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    private static void checkType(Object expected, @Nullable Object value, String at, List<String> wrong) {
        List<?> types = expected instanceof List<?> list ? list : List.of(expected);
        String type = type(value);
        boolean fits = types.contains(type) || (type.equals("integer") && types.contains("number"));
        require(fits, at, String.valueOf(expected), value, wrong);
    }

    private static void checkFormat(String format, @Nullable Object value, String at, List<String> wrong) {
        if (value instanceof String text) {
            boolean fits =
                    switch (format) {
                        case "date-time" -> isTime(text);
                        case "uuid" -> isId(text);
                        case "password" -> true; // which asks a reader to hide it, and nothing of the text
                        default -> throw new AssertionError("This check does not know the format " + format + ".");
                    };
            require(fits, at, format, value, wrong);
        }
    }

    private void checkAny(List<?> schemas, @Nullable Object value, String at, List<String> wrong) {
        List<String> nearest = null;
        for (Object schema : schemas) {
            List<String> found = new ArrayList<>();
            check(object(schema), value, at, found);
            if (found.isEmpty()) {
                return;
            }
            nearest = nearest == null ? found : nearest;
        }
        wrong.addAll(nearest == null ? List.of(at + " can be nothing") : nearest);
    }

    private void checkItems(Map<?, ?> schema, @Nullable Object value, String at, List<String> wrong) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(schema, list.get(i), at + "/" + i, wrong);
            }
        }
    }

    private void checkFields(Map<?, ?> schema, @Nullable Object value, String at, List<String> wrong) {
        if (!(value instanceof Map<?, ?> fields)) {
            return;
        }
        Map<?, ?> known = object(schema.get("properties"));
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!fields.containsKey(name)) {
                    wrong.add(at + "/" + name + " is missing");
                }
            }
        }
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String place = at + "/" + field.getKey();
            if (known.containsKey(field.getKey())) {
                check(object(known.get(field.getKey())), field.getValue(), place, wrong);
            } else if (schema.containsKey("additionalProperties")
                    && !Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                check(object(schema.get("additionalProperties")), field.getValue(), place, wrong);
            } else {
                wrong.add(place + " is not described");
            }
        }
    }

    private static void require(boolean fits, String at, String expected, @Nullable Object value, List<String> wrong) {
        if (!fits) {
            String shown = String.valueOf(value);
            wrong.add(at + " is to be " + expected + " but is " + type(value) + " "
                    + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown));
        }
    }

    private static String type(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String) {
            return "string";
        } else if (value instanceof Boolean) {
            return "boolean";
        } else if (value instanceof Number number) {
            return isWhole(number) ? "integer" : "number";
        }
        return value instanceof List ? "array" : "object";
    }

    private static boolean isWhole(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().scale() <= 0;
        }
        return !(number instanceof Double) || Math.rint(number.doubleValue()) == number.doubleValue();
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The object that a value is; an empty one when it is another value. */
    static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }
}

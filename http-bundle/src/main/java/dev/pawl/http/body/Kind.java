package dev.pawl.http.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pawl.base.duration.DurationText;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of values that fields of requests take, each with its description and its type in JSON Schema. */
public enum Kind {
    ANY("any JSON value", "{}"),
    TEXT("a text", "{\"type\":\"string\"}"),
    /** A text that no message repeats. */
    SECRET("a text, which is kept secret", "{\"type\":\"string\",\"format\":\"password\"}"),
    INTEGER("a whole number", "{\"type\":\"integer\"}"),
    NUMBER("a number", "{\"type\":\"number\"}"),
    BOOLEAN("true or false", "{\"type\":\"boolean\"}"),
    OBJECT("an object", "{\"type\":\"object\",\"additionalProperties\":true}"),
    /** The inputs of a task, which the description knows by module. */
    INPUTS("an object", "{\"$ref\":\"#/components/schemas/Inputs\"}"),
    OBJECTS("a list of objects", "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":true}}"),
    TEXTS("a list of texts", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"),
    DURATION(
            "a duration such as 30s, 30m, 2h or 7d, or a number of seconds",
            "{\"type\":[\"string\",\"number\"],\"examples\":[\"30s\",\"2h\"]}"),
    TIME(
            "a time in ISO 8601 with offset, such as 2026-01-01T10:00:00+00:00",
            "{\"type\":\"string\",\"format\":\"date-time\"}"),
    UUID("a UUID", "{\"type\":\"string\",\"format\":\"uuid\"}");

    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(DurationText.LONGEST.toSeconds());

    private final String accepts;
    private final String schema;

    Kind(String accepts, String schema) {
        this.accepts = accepts;
        this.schema = schema;
    }

    /** The kind in words, to follow "it takes". */
    public String accepts() {
        return accepts;
    }

    /** Writes the keywords of its JSON Schema into an object that the caller begins and ends. */
    void writeSchema(JsonGenerator json) throws IOException {
        try (JsonParser keywords = JsonText.parser(schema)) {
            keywords.nextToken();
            while (keywords.nextToken() == JsonToken.FIELD_NAME) {
                json.copyCurrentStructure(keywords);
            }
        }
    }

    /** The value converted to this kind; empty when it is of another kind. */
    public Optional<Object> convert(Object value) {
        return switch (this) {
            case ANY -> Optional.of(value);
            case TEXT, SECRET -> value instanceof String ? Optional.of(value) : Optional.empty();
            case INTEGER -> whole(value);
            case NUMBER -> value instanceof Number ? Optional.of(value) : Optional.empty();
            case TEXTS ->
                value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                        ? Optional.of(value)
                        : Optional.empty();
            case BOOLEAN -> value instanceof Boolean ? Optional.of(value) : Optional.empty();
            case OBJECT, INPUTS -> value instanceof Map ? Optional.of(value) : Optional.empty();
            case OBJECTS ->
                value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)
                        ? Optional.of(value)
                        : Optional.empty();
            case DURATION ->
                value instanceof Number seconds
                        ? seconds(seconds)
                        : value instanceof String text
                                ? DurationText.parse(text).map(Object.class::cast)
                                : Optional.empty();
            case TIME -> value instanceof String text ? Times.parse(text).map(Object.class::cast) : Optional.empty();
            case UUID -> value instanceof String text ? uuid(text) : Optional.empty();
        };
    }

    /** A description of a value of another kind, to follow "priority is". */
    String described(Object value) {
        return this == SECRET ? "no text" : describe(value);
    }

    /** A description of a value, to follow "priority is". Long texts are not repeated. */
    static String describe(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String text) {
            return text.length() > 40 ? "a text of " + text.length() + " characters" : "the text \"" + text + "\"";
        } else if (value instanceof Boolean || value instanceof Number) {
            return value.toString();
        } else if (value instanceof List<?> list) {
            return list.stream().allMatch(Map.class::isInstance)
                    ? "a list"
                    : "a list with entries that are not objects";
        }
        return "an object";
    }

    private static Optional<Object> whole(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        try { // a number such as 3.0 or 1e3 is whole too
            return value instanceof BigDecimal number ? Optional.of(number.longValueExact()) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> seconds(Number seconds) {
        BigDecimal exact = new BigDecimal(seconds.toString());
        return exact.signum() < 0 || exact.compareTo(MOST_SECONDS) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(exact.movePointRight(3).longValue()));
    }

    private static Optional<Object> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(java.util.UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

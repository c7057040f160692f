package dev.pawl.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.json.JsonNumbers;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of values in answers, except objects with fields of their own, which are {@link AnswerShape}s. */
public final class AnswerKinds {

    public static final AnswerKind<String> TEXT = new Scalar<>("string", null, "a text", JsonGenerator::writeString);
    public static final AnswerKind<Number> INTEGER =
            new Scalar<>("integer", null, "a whole number", JsonNumbers::write);
    public static final AnswerKind<Number> NUMBER = new Scalar<>("number", null, "a number", JsonNumbers::write);
    public static final AnswerKind<Boolean> FLAG =
            new Scalar<>("boolean", null, "true or false", JsonGenerator::writeBoolean);
    public static final AnswerKind<Instant> TIME =
            new Scalar<>("string", "date-time", "a time", (json, time) -> json.writeString(Times.of(time)));
    public static final AnswerKind<UUID> ID =
            new Scalar<>("string", "uuid", "a UUID", (json, id) -> json.writeString(id.toString()));

    /** Any JSON value. */
    public static final AnswerKind<Object> ANY = new Any();

    /** An object of any shape. */
    public static final AnswerKind<Map<String, Object>> OBJECT =
            new Scalar<>("object", null, "an object", JsonText::value);

    /** An object of any shape that is kept as text and copied unchanged. */
    public static final AnswerKind<String> OBJECT_TEXT =
            new Scalar<>("object", null, "an object", (json, text) -> json.writeRawValue(text));

    /** Any JSON value that is kept as text and copied unchanged. */
    public static final AnswerKind<String> ANY_TEXT = new AnyText();

    private AnswerKinds() {}

    /** The words of an enumeration. */
    public static <V> AnswerKind<V> word(V[] values, Function<V, String> word) {
        return new Word<>(Arrays.stream(values).map(word).distinct().toList(), word);
    }

    /** A fixed set of words, or a single one. */
    public static AnswerKind<String> word(String... words) {
        return word(words, Function.identity());
    }

    public static <V> AnswerKind<List<V>> listOf(AnswerKind<V> element) {
        return new ListOf<>(element);
    }

    /** Writes values of one kind. */
    @FunctionalInterface
    private interface Writer<V> {
        void write(JsonGenerator json, V value) throws IOException;
    }

    private static void writeType(JsonGenerator json, String type, boolean nullable) throws IOException {
        if (nullable) {
            JsonText.field(json, "type", List.of(type, "null"));
        } else {
            json.writeStringField("type", type);
        }
    }

    private record Scalar<V>(String type, @Nullable String format, String words, Writer<V> writer)
            implements AnswerKind<V> {

        @Override
        public void write(JsonGenerator json, V value) throws IOException {
            writer.write(json, value);
        }

        @Override
        public void writeSchema(JsonGenerator json, boolean nullable) throws IOException {
            writeType(json, type, nullable);
            if (format != null) {
                json.writeStringField("format", format);
            }
            if (type.equals("object")) { // otherwise some generators of clients take it for an empty one
                json.writeBooleanField("additionalProperties", true);
            }
        }
    }

    private record Word<V>(List<String> choices, Function<V, String> word) implements AnswerKind<V> {

        @Override
        public void write(JsonGenerator json, V value) throws IOException {
            json.writeString(word.apply(value));
        }

        @Override
        public void writeSchema(JsonGenerator json, boolean nullable) throws IOException {
            writeType(json, "string", nullable);
            List<@Nullable String> all = new ArrayList<>(choices);
            if (nullable) {
                all.add(null);
            }
            JsonText.field(json, "enum", all);
        }

        @Override
        public String words() {
            return choices.size() == 1 ? "always " + choices.get(0) : "one of " + String.join(", ", choices);
        }
    }

    private static final class Any implements AnswerKind<Object> {

        @Override
        public void write(JsonGenerator json, Object value) throws IOException {
            JsonText.value(json, value);
        }

        @Override
        public void writeSchema(JsonGenerator json, boolean nullable) {
            // a schema without keywords accepts everything
        }

        @Override
        public String words() {
            return "any JSON value";
        }
    }

    private static final class AnyText implements AnswerKind<String> {

        @Override
        public void write(JsonGenerator json, String text) throws IOException {
            json.writeRawValue(text);
        }

        @Override
        public void writeSchema(JsonGenerator json, boolean nullable) {
            // a schema without keywords accepts everything
        }

        @Override
        public String words() {
            return ANY.words();
        }
    }

    private record ListOf<V>(AnswerKind<V> element) implements AnswerKind<List<V>> {

        @Override
        public void write(JsonGenerator json, List<V> list) throws IOException {
            json.writeStartArray();
            for (V value : list) {
                element.write(json, value);
            }
            json.writeEndArray();
        }

        @Override
        public void writeSchema(JsonGenerator json, boolean nullable) throws IOException {
            writeType(json, "array", nullable);
            json.writeObjectFieldStart("items");
            element.writeSchema(json, false);
            json.writeEndObject();
        }

        @Override
        public String words() {
            return "a list: " + element.words();
        }

        @Override
        public void shapes(Consumer<AnswerShape<?>> found) {
            element.shapes(found);
        }
    }
}

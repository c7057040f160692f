package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.pawl.api.data.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Holds JSON text against {@link JsonLimits}, in one pass and without a tree. */
public final class JsonCheck {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonLimits.DEEPEST)
                    .maxNameLength(JsonLimits.LONGEST_NAME)
                    .maxNumberLength(JsonLimits.MOST_DIGITS + 20)
                    .maxStringLength(Integer.MAX_VALUE) // the whole has a limit of its own
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // names come from outside: they must not pile up
            .build();

    private JsonCheck() {}

    /**
     * The text, when it is one JSON value within the limits.
     *
     * @param what names it in the error
     * @throws IllegalArgumentException when it is none, naming the place
     */
    public static String check(String what, String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> whole(what, parser, parser.currentName());
                    case VALUE_STRING -> whole(what, parser, parser.getText());
                    case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> number(what, parser);
                    case START_OBJECT, END_OBJECT, START_ARRAY, END_ARRAY -> {}
                    case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
                    case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                        throw new IllegalStateException("A text holds no " + token + ".");
                }
            }
            return json;
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(what + " " + tooMuch(), e);
        } catch (JsonProcessingException e) { // such as what a serializer of the module wrote as it stands
            throw new IllegalArgumentException(what + " cannot be kept as JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory has no such trouble.", e);
        }
    }

    /** Words that complete "The result …" for a value beyond a limit. */
    static String tooMuch() {
        return "nests deeper than " + JsonLimits.DEEPEST + " levels (or holds itself), has a name of over "
                + JsonLimits.LONGEST_NAME + " characters, or a number of over " + JsonLimits.MOST_DIGITS + " digits.";
    }

    private static void whole(String what, JsonParser parser, String text) {
        if (JsonLimits.hasHalfCharacter(text)) {
            throw new IllegalArgumentException(
                    what + " holds half of a surrogate pair at " + place(parser) + ", which is no character.");
        }
    }

    private static void number(String what, JsonParser parser) throws IOException {
        if (JsonLimits.number(parser.getText()) == null) {
            throw new IllegalArgumentException(what + " has a number at " + place(parser) + " of over "
                    + JsonLimits.MOST_DIGITS + " digits, written without an exponent; it takes shorter ones.");
        }
    }

    private static String place(JsonParser parser) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        return pointer.length() <= 100 ? pointer : pointer.substring(0, 100) + "…";
    }
}

package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.pawl.base.json.JsonFactories;
import dev.pawl.service.data.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Checks JSON text against {@link JsonLimits}, in one pass and without a tree. */
public final class JsonCheck {

    private static final int LONGEST_PLACE = 200;

    private static final JsonFactory FACTORY = JsonFactories.unbounded(); // the limits below are ours

    private JsonCheck() {}

    /**
     * The text, when it is one JSON value within the limits.
     *
     * @param what names it in the error
     * @throws IllegalArgumentException when it is not, naming the place
     */
    public static String check(String what, String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String refusal =
                        switch (token) {
                            case FIELD_NAME -> name(parser.currentName());
                            case VALUE_STRING -> text(parser.getText());
                            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> number(parser.getText());
                            case START_OBJECT, START_ARRAY -> depth(parser.getParsingContext());
                            case END_OBJECT, END_ARRAY, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> "";
                            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                                throw new IllegalStateException("A text holds no " + token + ".");
                        };
                if (!refusal.isEmpty()) {
                    throw new IllegalArgumentException(what + refusal.formatted(place(parser.getParsingContext())));
                }
            }
            return json;
        } catch (JsonProcessingException e) { // such as what a serializer of the module wrote as it stands
            throw new IllegalArgumentException(what + " is no JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory has no such trouble.", e);
        }
    }

    private static String depth(JsonStreamContext context) {
        return context.getNestingDepth() <= JsonLimits.DEEPEST
                ? ""
                : " nests deeper than " + JsonLimits.DEEPEST + " levels, at %s.";
    }

    private static String name(String name) {
        return name.length() <= JsonLimits.LONGEST_NAME
                ? text(name)
                : " has a name of over " + JsonLimits.LONGEST_NAME + " characters, " + name.length() + ", at %s.";
    }

    private static String text(String text) {
        return JsonLimits.hasUnpairedSurrogate(text)
                ? " holds half of a surrogate pair at %s, which is no character."
                : "";
    }

    private static String number(String text) {
        return JsonLimits.number(text) == null
                ? " has a number at %s of over " + JsonLimits.MOST_DIGITS
                        + " digits, written without an exponent; it takes shorter ones."
                : "";
    }

    /** The place in words, such as {@code rows[2].owner}. */
    private static String place(JsonStreamContext context) {
        StringBuilder place = new StringBuilder();
        for (JsonStreamContext each = context; each != null && !each.inRoot(); each = each.getParent()) {
            String step = each.inArray()
                    ? "[" + each.getCurrentIndex() + "]"
                    : each.hasCurrentName() ? "." + each.getCurrentName() : "";
            place.insert(0, step);
        }
        String whole = place.toString().startsWith(".") ? place.substring(1) : place.toString();
        return whole.length() <= LONGEST_PLACE ? whole : whole.substring(0, LONGEST_PLACE) + "…";
    }
}

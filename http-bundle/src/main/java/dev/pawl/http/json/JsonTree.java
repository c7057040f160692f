package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON into maps, lists, texts, numbers, booleans and null: a single value, without duplicate names and without trailing content.
 */
public final class JsonTree {
    private static final Pattern WORD = Pattern.compile(" '[^']{2,}'");

    private JsonTree() {}

    /**
     * Reads a body.
     *
     * @throws ProblemException when it is not JSON, repeats a name in an object, or exceeds a limit of {@link JsonText}
     */
    public static @Nullable Object read(byte[] text) {
        try (JsonParser parser = JsonText.parser(text)) {
            if (parser.nextToken() == null) {
                throw malformed("The body is empty; it takes JSON.");
            }
            Object value = value(parser, "");
            if (parser.nextToken() != null) {
                throw malformed(
                        "The body continues after the end of its JSON value" + place(parser.currentTokenLocation()));
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The body nests deeper than " + JsonLimits.DEEPEST
                            + " levels, or holds a number or name of over 1000 characters.",
                    e);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The body is not valid JSON: " + reason(e.getOriginalMessage()) + place(e.getLocation()),
                    e);
        } catch (IOException e) { // such as bytes that are not UTF-8
            throw new ProblemException(
                    ProblemCode.MALFORMED, "The body is not valid JSON in UTF-8: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object value(JsonParser parser, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> text(parser, path);
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser, path);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("A value cannot begin with " + parser.currentToken() + ".");
        };
    }

    /** A number with a decimal point or an exponent, keeping every digit. */
    private static BigDecimal decimal(JsonParser parser, String path) throws IOException {
        BigDecimal number = JsonLimits.number(parser.getText());
        if (number == null) {
            throw malformed((path.isEmpty() ? "The body" : path) + " is a number of over " + JsonLimits.MOST_DIGITS
                    + " digits, written without an exponent; shorter numbers are accepted"
                    + place(parser.currentTokenLocation()));
        }
        return number;
    }

    /** A text that can be encoded as UTF-8. A text with an unpaired surrogate cannot, and would be changed. */
    private static String text(JsonParser parser, String path) throws IOException {
        String text = parser.getText();
        if (JsonLimits.hasUnpairedSurrogate(text)) {
            throw malformed((path.isEmpty() ? "The body" : path)
                    + " contains an unpaired surrogate, which is not a "
                    + "character" + place(parser.currentTokenLocation()));
        }
        return text;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, String path) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser, path);
            String inner = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            if (object.containsKey(name)) {
                throw malformed(inner + " is given twice" + place(parser.currentTokenLocation()));
            }
            object.put(name, value(parser, inner));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser, String path) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path));
        }
        return array;
    }

    /**
     * The parser's message, without the parts about the parser itself. A word of the body is not repeated: it may be a secret whose quotes were
     * forgotten, and the audit keeps what a request was refused for.
     */
    private static String reason(String parsers) {
        String message = WORD.matcher(parsers).replaceAll("");
        int inside = message.indexOf(" (start marker");
        int advice = message.indexOf(": enable `");
        int end = inside >= 0 ? inside : advice;
        return end < 0 ? message : message.substring(0, end);
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "." : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ").";
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}

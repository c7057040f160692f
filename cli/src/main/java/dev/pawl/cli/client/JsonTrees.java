package dev.pawl.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.json.JsonFactories;
import dev.pawl.base.json.value.JsonMappers;
import java.math.BigDecimal;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Converts JSON text to trees and back; numbers keep all their digits. */
public final class JsonTrees {
    private static final ObjectMapper MAPPER = JsonMappers.exact(JsonFactories.unbounded())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectReader TYPED = JsonMappers.strict(MAPPER.reader());
    private static final String TWICE = "Duplicate field "; // the parser's message
    private static final int MOST_DIGITS = 30;

    private JsonTrees() {}

    /** The tree of one JSON value; a missing node for an empty text. */
    public static JsonNode parse(String text) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(text);
        return node == null ? MissingNode.getInstance() : node;
    }

    /**
     * The tree of one JSON value that a user typed; a missing node for an empty text. Duplicate names in an object are refused, since the
     * first value would be lost silently.
     */
    public static JsonNode typed(String text) throws JsonProcessingException {
        JsonNode node = TYPED.readTree(text);
        return node == null ? MissingNode.getInstance() : node;
    }

    /** The reason why typed text is not JSON, to follow "it takes JSON". */
    public static String reason(JsonProcessingException refusal) {
        String message = refusal.getOriginalMessage();
        return message.startsWith(TWICE) ? message.substring(TWICE.length()) + " is given twice" : message;
    }

    /** A number as people write it: without an exponent when that is short, else unchanged. */
    public static String number(JsonNode number) {
        BigDecimal value = number.decimalValue();
        boolean isShort = Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS;
        return isShort ? value.stripTrailingZeros().toPlainString() : value.toString();
    }

    /** The tree of maps, lists, texts, numbers and booleans. */
    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** An object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An array to fill. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The entries of an array; none when it is not an array. */
    public static Stream<JsonNode> stream(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    /** A member as people read it: a text without its quotes, anything else as JSON; empty for null and for none. */
    public static String text(JsonNode object, String member) {
        return text(object.path(member));
    }

    /** A value as people read it: a text without its quotes, anything else as JSON; empty for null and for none. */
    public static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}

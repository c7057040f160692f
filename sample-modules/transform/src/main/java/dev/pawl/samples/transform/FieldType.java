package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types that fields can be given; an empty text becomes null unless the type is text. */
enum FieldType {
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXT;

    private static final int MOST_DIGITS = 1000;

    /** The type of that name. */
    static Optional<FieldType> of(String word) {
        for (FieldType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Converts the value of a field. */
    JsonNode convert(String field, JsonNode value) throws BadRecordException {
        if (value.isNull()) {
            return value;
        }
        String text = value.isContainerNode() ? value.toString() : value.asText();
        if (this == TEXT) {
            return TextNode.valueOf(text);
        }
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return NullNode.instance;
        }
        JsonNode converted = converted(trimmed);
        if (converted == null) {
            throw new BadRecordException(
                    "the field " + field + " is " + Shortened.of(text) + ", which is no " + word());
        }
        return converted;
    }

    private @Nullable JsonNode converted(String text) {
        if (this == BOOLEAN) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "1" -> BooleanNode.TRUE;
                case "false", "no", "0" -> BooleanNode.FALSE;
                default -> null;
            };
        }
        BigDecimal number = number(text);
        if (number == null) {
            return null;
        }
        if (this == NUMBER) {
            return DecimalNode.valueOf(number);
        }
        return number.stripTrailingZeros().scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS
                ? BigIntegerNode.valueOf(number.toBigInteger())
                : null;
    }

    /** The number that a text is, or null. */
    static @Nullable BigDecimal number(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > MOST_DIGITS || !startsNumber(trimmed.charAt(0))) {
            return null;
        }
        try {
            return new BigDecimal(trimmed);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Saves an exception for each text that is none. */
    private static boolean startsNumber(char first) {
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }
}

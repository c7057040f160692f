package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The comparisons of a field with a value. Numbers are compared as such, also when the field is a text that holds one. */
enum Comparison {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    IN,
    NOT_IN,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH,
    EXISTS,
    MISSING;

    /** The comparison of that name. */
    static Optional<Comparison> of(String word) {
        for (Comparison comparison : values()) {
            if (comparison.word().equals(word)) {
                return Optional.of(comparison);
            }
        }
        return Optional.empty();
    }

    /** The name in inputs. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a field compares so with a value; a missing field meets no condition but those that deny something. */
    boolean test(JsonNode field, JsonNode value) {
        boolean there = !field.isMissingNode() && !field.isNull();
        return switch (this) {
            case EXISTS -> there;
            case MISSING -> !there;
            case EQ -> there ? same(field, value) : value.isNull();
            case NE -> !EQ.test(field, value);
            case IN -> isIn(field, value);
            case NOT_IN -> !isIn(field, value);
            case LT -> there && order(field, value) < 0;
            case LE -> there && order(field, value) <= 0;
            case GT -> there && order(field, value) > 0;
            case GE -> there && order(field, value) >= 0;
            case CONTAINS -> there && contains(field, value);
            case STARTS_WITH -> there && field.asText().startsWith(value.asText());
            case ENDS_WITH -> there && field.asText().endsWith(value.asText());
        };
    }

    private static boolean isIn(JsonNode field, JsonNode values) {
        for (JsonNode value : values) {
            if (EQ.test(field, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode field, JsonNode value) {
        if (field.isArray()) {
            for (JsonNode entry : field) {
                if (same(entry, value)) {
                    return true;
                }
            }
            return false;
        }
        return field.asText().contains(value.asText());
    }

    private static boolean same(JsonNode field, JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = number(field);
            return number != null && number.compareTo(value.decimalValue()) == 0;
        }
        return field.isContainerNode() ? field.equals(value) : field.asText().equals(value.asText());
    }

    /** The order of two values; a field that is no number comes after every number. */
    private static int order(JsonNode field, JsonNode value) {
        if (!value.isNumber()) {
            return field.asText().compareTo(value.asText());
        }
        BigDecimal number = number(field);
        return number == null ? 1 : number.compareTo(value.decimalValue());
    }

    private static @Nullable BigDecimal number(JsonNode field) {
        if (field.isNumber()) {
            return field.decimalValue();
        }
        return field.isTextual() ? FieldType.number(field.textValue()) : null;
    }
}

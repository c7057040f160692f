package dev.pawl.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;

/** Converts texts to JSON values of the types that a module declares. Undeclared values are left to the server. */
public final class TypedValues {
    private static final int SHOWN = 60;

    private TypedValues() {}

    /**
     * The values by name.
     *
     * @param option the option with which they were given, for errors
     * @param given the texts by name; {@code @FILE} stands for a file's content
     * @param fields the module's declarations, each with {@code id} and {@code type}
     */
    public static ObjectNode of(String option, Map<String, String> given, JsonNode fields) throws UsageException {
        ObjectNode values = JsonTrees.object();
        for (Map.Entry<String, String> entry : given.entrySet()) {
            String name = entry.getKey();
            values.set(name, value(option + " " + name, type(name, fields), TextSource.resolve(entry.getValue())));
        }
        return values;
    }

    private static String type(String name, JsonNode fields) {
        String published = OnceEach.published(name);
        return JsonTrees.stream(fields)
                .filter(field -> JsonTrees.text(field, "id").equals(name)
                        || JsonTrees.text(field, "id").equals(published))
                .map(field -> JsonTrees.text(field, "type"))
                .findFirst()
                .orElse("text");
    }

    private static JsonNode value(String what, String type, String text) throws UsageException {
        return switch (type) {
            case "integer" -> integer(what, text.strip());
            case "number" -> number(what, text.strip());
            case "boolean" -> bool(what, text.strip());
            case "json" -> json(what, text);
            default -> TextNode.valueOf(text);
        };
    }

    private static JsonNode integer(String what, String text) throws UsageException {
        try {
            return BigIntegerNode.valueOf(new BigInteger(text));
        } catch (NumberFormatException e) {
            throw wrong(what, text, "takes a whole number, such as 3");
        }
    }

    private static JsonNode number(String what, String text) throws UsageException {
        try {
            return DecimalNode.valueOf(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw wrong(what, text, "takes a number, such as 2.5");
        }
    }

    private static JsonNode bool(String what, String text) throws UsageException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> throw wrong(what, text, "takes true or false");
        };
    }

    private static JsonNode json(String what, String text) throws UsageException {
        try {
            JsonNode value = JsonTrees.typed(text);
            if (!value.isMissingNode()) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw wrong(what, text, "takes JSON, such as '[\"one\", \"two\"]', or @FILE (" + JsonTrees.reason(e) + ")");
        }
        throw wrong(what, text, "takes JSON, such as '[\"one\", \"two\"]', or @FILE");
    }

    private static UsageException wrong(String what, String text, String accepted) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return new UsageException(what + " is \"" + shown + "\"; it " + accepted + ".");
    }
}

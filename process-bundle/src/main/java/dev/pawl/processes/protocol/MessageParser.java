package dev.pawl.processes.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.pawl.api.module.LogLevel;
import dev.pawl.base.json.JsonFactories;
import dev.pawl.base.json.value.JsonMappers;
import dev.pawl.processes.protocol.Message.Operation;
import dev.pawl.service.data.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns lines into messages. It throws for no line: one that is no message becomes a {@link Message.Broken}, or a {@link Message.Text} where
 * a program may print what it likes. Immutable.
 */
public final class MessageParser {

    /** The most characters of a log line; the rest is cut. */
    static final int LONGEST_LOG = 16 * 1024;

    private static final int LONGEST_STACK = 64 * 1024;
    private static final int SHOWN = 60;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectReader READER = JsonMappers.strict(JsonMappers.exact(
                    JsonFactories.bounded(JsonLimits.DEEPEST + 2, JsonLimits.MOST_DIGITS, JsonLimits.LONGEST_NAME))
            .build()
            .readerFor(OBJECT));

    private final boolean printsFreely;

    /** @param printsFreely whether lines without a message are output, as those of a program that knows no protocol */
    public MessageParser(boolean printsFreely) {
        this.printsFreely = printsFreely;
    }

    /** Whether a last line without an end is a line. */
    boolean takesHalfLines() {
        return printsFreely;
    }

    Message parse(byte[] line, int offset, int length) {
        if (printsFreely && line[offset] != '{') {
            return text(line, offset, length);
        }
        Map<String, Object> fields;
        try {
            fields = READER.readValue(line, offset, length);
        } catch (JsonProcessingException e) {
            return printsFreely ? text(line, offset, length) : broken(e.getOriginalMessage(), line, offset, length);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return printsFreely
                    ? text(line, offset, length)
                    : broken(String.valueOf(e.getMessage()), line, offset, length);
        }
        if (fields == null || !(fields.get("type") instanceof String type)) {
            return printsFreely ? text(line, offset, length) : broken("it has no type", line, offset, length);
        }
        if (printsFreely && !Message.TYPES.contains(type)) {
            return text(line, offset, length);
        }
        try {
            return message(type, fields);
        } catch (IllegalArgumentException e) {
            return broken(String.valueOf(e.getMessage()), line, offset, length);
        }
    }

    private static Message message(String type, Map<String, Object> fields) {
        return switch (type) {
            case "ready" ->
                new Message.Ready(
                        fields.get("protocol") instanceof Integer version ? version : 1, text(fields, "shim", ""));
            case "valid" -> new Message.Valid();
            case "log" -> new Message.Log(level(fields.get("level")), cut(text(fields, "message", ""), LONGEST_LOG));
            case "progress" -> new Message.Progress(percent(fields.get("percent")), info(fields.get("info")));
            case "result" -> {
                if (!fields.containsKey("data")) {
                    throw new IllegalArgumentException("a result has no data");
                }
                yield new Message.Result(fields.get("data"));
            }
            case "checkpoint" -> new Message.Checkpoint(id(fields), object(fields.get("values"), "values"));
            case "data" -> data(fields);
            case "ask" -> new Message.Ask(id(fields), text(fields, "about", ""), text(fields, "name", ""));
            case "done" -> new Message.Done();
            case "failed" ->
                new Message.Failed(
                        cut(text(fields, "message", "It failed without a message."), LONGEST_LOG),
                        cut(text(fields, "stack", ""), LONGEST_STACK));
            default -> new Message.Unknown(cut(type, SHOWN));
        };
    }

    private static Message data(Map<String, Object> fields) {
        Operation operation;
        try {
            operation = Operation.valueOf(text(fields, "op", "").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the op of data is " + fields.get("op") + "; it takes get, put, delete and list", e);
        }
        String name = text(fields, "name", "");
        if (name.isEmpty() && operation != Operation.LIST) {
            throw new IllegalArgumentException("data has no name");
        }
        Map<String, Object> value = operation == Operation.PUT ? object(fields.get("value"), "value") : Map.of();
        return new Message.Data(id(fields), operation, name, value);
    }

    private static String id(Map<String, Object> fields) {
        return cut(String.valueOf(fields.getOrDefault("id", "")), SHOWN);
    }

    /** The level of that name; INFO for an unknown one, since new names must not break older servers. */
    private static LogLevel level(@Nullable Object name) {
        return switch (String.valueOf(name).toUpperCase(Locale.ROOT)) {
            case "DEBUG", "TRACE" -> LogLevel.DEBUG;
            case "WARNING", "WARN" -> LogLevel.WARNING;
            case "ERROR", "CRITICAL", "FATAL" -> LogLevel.ERROR;
            default -> LogLevel.INFO;
        };
    }

    private static double percent(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            throw new IllegalArgumentException("the percent of progress is " + value + "; it takes a number");
        }
        return number.doubleValue();
    }

    @SuppressWarnings("unchecked") // an object as it was read has texts for names
    private static Map<String, Object> info(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Collections.singletonMap("info", value);
    }

    @SuppressWarnings("unchecked") // as above
    private static Map<String, Object> object(@Nullable Object value, String name) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(name + " is no object");
        }
        return (Map<String, Object>) map;
    }

    private static String text(Map<String, Object> fields, String name, String otherwise) {
        Object value = fields.get(name);
        return value == null ? otherwise : value.toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "… (" + text.length() + " characters)";
    }

    private static Message text(byte[] line, int offset, int length) {
        return new Message.Text(
                cut(new String(line, offset, Math.min(length, 4 * LONGEST_LOG), StandardCharsets.UTF_8), LONGEST_LOG));
    }

    private static Message broken(String why, byte[] line, int offset, int length) {
        String begin =
                new String(line, offset, Math.min(length, SHOWN), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return new Message.Broken(why.lines().findFirst().orElse("") + " (" + begin + ")");
    }
}

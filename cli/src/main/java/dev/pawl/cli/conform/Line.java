package dev.pawl.cli.conform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.cli.client.JsonTrees;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of a process, judged by the table of messages.
 *
 * @param type the type of its message; empty when it is none
 * @param message the message; a missing node when it is none
 * @param fault what is wrong with it; null when nothing is
 */
record Line(String type, JsonNode message, @Nullable String fault) {

    /** The beginning of the text that stands for a line without an end. */
    static final String HALF = "\0half";

    private static final int LONGEST = 8 << 20;
    private static final int LARGEST_RESULT = 1 << 20;
    private static final int SHOWN = 80;
    private static final Set<String> TYPES =
            Set.of("ready", "valid", "log", "progress", "result", "checkpoint", "data", "done", "failed");
    private static final List<String> OPERATIONS = List.of("get", "put", "list", "delete");

    /**
     * Judges a line.
     *
     * @param printsFreely whether lines that are no messages are output
     */
    static Line of(String text, boolean printsFreely) {
        if (text.startsWith(HALF)) {
            return printsFreely
                    ? new Line("", MissingNode.getInstance(), null)
                    : wrong("", "the last line has no end: " + shown(text.substring(HALF.length())));
        }
        if (text.isBlank()) {
            return new Line("", MissingNode.getInstance(), null);
        }
        if (text.length() > LONGEST) {
            return wrong("", "a line has more than 8 MiB");
        }
        JsonNode message;
        try {
            message = JsonTrees.parse(text);
        } catch (JsonProcessingException e) {
            return printsFreely
                    ? new Line("", MissingNode.getInstance(), null)
                    : wrong("", "a line is no JSON: " + shown(text) + "; print to standard error");
        }
        String type = message.path("type").asText("");
        if (!message.isObject() || type.isEmpty()) {
            return printsFreely ? new Line("", message, null) : wrong("", "a line has no type: " + shown(text));
        }
        if (!TYPES.contains(type)) {
            return new Line(type, message, printsFreely ? null : "the type \"" + type + "\" is not known");
        }
        String fault = fault(type, message, text);
        return new Line(type, message, fault == null ? null : type + ": " + fault);
    }

    private static @Nullable String fault(String type, JsonNode message, String text) {
        return switch (type) {
            case "ready" -> message.path("protocol").asInt(1) == 1 ? null : "protocol is not 1";
            case "progress" -> message.path("percent").isNumber() ? null : "percent is no number";
            case "result" ->
                !message.has("data")
                        ? "it has no data"
                        : text.length() > LARGEST_RESULT ? "it has more than 1 MiB" : null;
            case "checkpoint" ->
                !message.path("values").isObject() ? "values is no object" : message.has("id") ? null : "it has no id";
            case "data" ->
                !OPERATIONS.contains(message.path("op").asText(""))
                        ? "op is none of get, put, list, delete"
                        : message.has("id") ? null : "it has no id";
            default -> null;
        };
    }

    private static Line wrong(String type, String fault) {
        return new Line(type, MissingNode.getInstance(), fault);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}

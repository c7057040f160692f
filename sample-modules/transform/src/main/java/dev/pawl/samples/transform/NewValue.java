package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.api.module.ValidationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a field that is set: a constant, a copy of another field ({@code {"from": …, "otherwise": …}}), or several joined ({@code
 * {"join": […], "with": …}}).
 */
final class NewValue {

    private final @Nullable JsonNode constant;
    private final List<FieldPath> sources;
    private final @Nullable String separator;

    private NewValue(@Nullable JsonNode constant, List<FieldPath> sources, @Nullable String separator) {
        this.constant = constant;
        this.sources = sources;
        this.separator = separator;
    }

    /** Reads an entry of {@code set}. */
    static NewValue of(String input, JsonNode value) throws ValidationException {
        if (!(value instanceof ObjectNode object)) {
            return new NewValue(value, List.of(), null);
        }
        List<FieldPath> sources = new ArrayList<>();
        if (object.path("from").isTextual() && consistsOf(object, "from", "otherwise")) {
            sources.add(FieldPath.of(input + ".from", object.path("from").textValue()));
            return new NewValue(object.get("otherwise"), sources, null);
        }
        if (object.path("join").isArray() && consistsOf(object, "join", "with")) {
            for (JsonNode field : object.path("join")) {
                sources.add(FieldPath.of(input + ".join", field.asText()));
            }
            return new NewValue(null, sources, object.path("with").asText(""));
        }
        throw new ValidationException(
                input + " is " + Shortened.of(object.toString())
                        + "; it takes a constant, {\"from\": field, \"otherwise\": constant} or {\"join\": [fields], \"with\": text}.");
    }

    private static boolean consistsOf(ObjectNode object, String first, String second) {
        return object.has(first) && object.size() == (object.has(second) ? 2 : 1);
    }

    /** The value for a record; null when there is none. */
    @Nullable
    JsonNode in(ObjectNode object) {
        if (separator != null) {
            List<String> parts = new ArrayList<>();
            for (FieldPath source : sources) {
                JsonNode part = source.in(object);
                if (!part.isMissingNode() && !part.isNull()) {
                    parts.add(part.isContainerNode() ? part.toString() : part.asText());
                }
            }
            return TextNode.valueOf(String.join(separator, parts));
        }
        if (sources.isEmpty()) {
            return constant;
        }
        JsonNode found = sources.get(0).in(object);
        return found.isMissingNode() || found.isNull() ? constant : found.deepCopy();
    }
}

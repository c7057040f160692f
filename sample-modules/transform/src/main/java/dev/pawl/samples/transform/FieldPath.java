package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.module.ValidationException;
import java.util.Objects;

/** A field of a record: a name, or a JSON pointer (RFC 6901) to a nested one, which begins with a slash. */
record FieldPath(String text, JsonPointer pointer) {

    /** Reads the text of an input. */
    static FieldPath of(String input, String text) throws ValidationException {
        if (text.isEmpty()) {
            throw new ValidationException(
                    input + " is empty; it takes a field's name, or a JSON pointer such as /address/city.");
        }
        return new FieldPath(
                text,
                text.startsWith("/")
                        ? JsonPointer.compile(text)
                        : JsonPointer.empty().appendProperty(text));
    }

    /** The value in a record, a missing node when there is none. */
    JsonNode in(ObjectNode object) {
        return isPlain() ? object.path(name()) : object.at(pointer);
    }

    /** Removes it from a record; returns what it was. */
    JsonNode removeFrom(ObjectNode object) {
        JsonNode found = in(object);
        if (found.isMissingNode()) {
            return found;
        }
        JsonNode parent = object.at(pointer.head());
        if (parent instanceof ObjectNode holder) {
            holder.remove(name());
        }
        return found;
    }

    /** Replaces the value that is there; without one it does nothing. */
    void replaceIn(ObjectNode object, JsonNode value) {
        if (!in(object).isMissingNode() && object.at(pointer.head()) instanceof ObjectNode holder) {
            holder.replace(name(), value);
        }
    }

    /** Whether it is a field of the record itself. */
    boolean isPlain() {
        return pointer.tail().matches();
    }

    /** The last name. */
    String name() {
        return Objects.requireNonNull(pointer.last().getMatchingProperty());
    }
}

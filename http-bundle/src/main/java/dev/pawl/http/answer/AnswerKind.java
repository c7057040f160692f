package dev.pawl.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A kind of value in answers: the one place for writing it and for describing it, so that no answer differs from its description.
 *
 * @param <V> the values that are written
 */
public interface AnswerKind<V> {

    /** Writes a value, which is not null. */
    void write(JsonGenerator json, V value) throws IOException;

    /** Writes the keywords of its JSON Schema into an object that the caller begins and ends. */
    void writeSchema(JsonGenerator json, boolean nullable) throws IOException;

    /** The kind in words, such as "a list of Job". */
    String words();

    /** Passes on the shapes that its schema refers to by name. */
    default void shapes(Consumer<AnswerShape<?>> found) {}
}

package dev.pawl.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Escapes the ampersand in JSON. The polling client of the older worker system resolves HTML character references in a job's JSON text
 * before parsing it: one for a quotation mark in a title ended its process, and a file called "x&copy.mkv" got another name.
 */
final class HtmlSafe extends CharacterEscapes {

    private static final HtmlSafe ESCAPES = new HtmlSafe();

    private static final long serialVersionUID = 1L;

    private final int[] escapes;

    private HtmlSafe() {
        escapes = standardAsciiEscapesForJSON();
        escapes['&'] = ESCAPE_STANDARD;
    }

    /** The same kind of value with escaping; for a whole answer, since everything that follows is escaped too. */
    static <V> AnswerKind<V> of(AnswerKind<V> kind) {
        return new Escaped<>(kind);
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return escapes.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return null; // called only for custom escapes
    }

    private record Escaped<V>(AnswerKind<V> kind) implements AnswerKind<V> {

        @Override
        public void write(JsonGenerator json, V value) throws IOException {
            json.setCharacterEscapes(ESCAPES);
            kind.write(json, value);
        }

        @Override
        public void writeSchema(JsonGenerator json, boolean nullable) throws IOException {
            kind.writeSchema(json, nullable);
        }

        @Override
        public String words() {
            return kind.words();
        }

        @Override
        public void shapes(Consumer<AnswerShape<?>> found) {
            kind.shapes(found);
        }
    }
}

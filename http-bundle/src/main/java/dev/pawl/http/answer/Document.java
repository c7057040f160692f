package dev.pawl.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pawl.http.json.JsonText;
import java.io.IOException;

/**
 * A JSON object kept as text. Its field {@code name} is the name under which it is kept and not part of the text.
 *
 * @param name the name under which it is kept
 * @param text the object
 */
public record Document(String name, String text) {

    private static final String NAME = "name";

    /** The object with its name first. Numbers are copied unchanged. */
    public static final AnswerShape<Document> SHAPE = AnswerShape.<Document>of("Document", "A module's document.")
            .field(NAME, AnswerKinds.TEXT, Document::name, "The document's name.")
            .others(AnswerKinds.ANY, Document::writeOthers);

    /** The value of a request's body as text, in any encoding; numbers are copied unchanged. */
    public static String textOf(byte[] body) {
        return JsonText.text(json -> {
            try (JsonParser parser = JsonText.parser(body)) {
                parser.nextToken();
                json.copyCurrentStructureExact(parser);
            }
        });
    }

    private static void writeOthers(JsonGenerator json, Document document) throws IOException {
        try (JsonParser parser = JsonText.parser(document.text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (NAME.equals(parser.currentName())) {
                    parser.nextToken();
                    parser.skipChildren();
                } else {
                    json.copyCurrentStructureExact(parser);
                }
            }
        }
    }
}

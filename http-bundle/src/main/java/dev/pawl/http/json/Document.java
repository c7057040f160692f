package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * A JSON object kept as text, whose field {@code name} is where it is kept and not part of it.
 *
 * @param name where it is kept
 * @param text the object
 */
public record Document(String name, String text) {

    private static final String NAME = "name";

    /** The object with its name first. Numbers go through as they stand. */
    public static final AnswerShape<Document> SHAPE = AnswerShape.<Document>of("Document", "A module's document.")
            .field(NAME, AnswerKinds.TEXT, Document::name, "The document's name.")
            .others(AnswerKinds.ANY, Document::writeOthers);

    /** The value of a request's body as text, whatever its encoding; numbers go through as they stand. */
    public static String textOf(byte[] body) {
        return Json.text(json -> {
            try (JsonParser parser = Json.parser(body)) {
                parser.nextToken();
                json.copyCurrentStructureExact(parser);
            }
        });
    }

    private static void writeOthers(JsonGenerator json, Document document) throws IOException {
        try (JsonParser parser = Json.parser(document.text)) {
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

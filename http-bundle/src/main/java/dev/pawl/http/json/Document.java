package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A JSON object kept as text, whose field {@code name} is where it is kept and not part of it. */
public final class Document {

    private static final String NAME = "name";

    private Document() {}

    /** Writes the object with its name first. Numbers go through as they stand. */
    public static void write(JsonGenerator json, String name, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField(NAME, name);
        try (JsonParser parser = Json.parser(text)) {
            copyFields(json, parser);
        }
        json.writeEndObject();
    }

    /** The value of a request's body as text, whatever its encoding; numbers go through as they stand. */
    public static String text(byte[] body) {
        return Json.text(json -> {
            try (JsonParser parser = Json.parser(body)) {
                parser.nextToken();
                json.copyCurrentStructureExact(parser);
            }
        });
    }

    private static void copyFields(JsonGenerator json, JsonParser parser) throws IOException {
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

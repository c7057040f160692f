package dev.pawl.samples.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes XML: an element for each record, in it one for each field, and one for each entry of a list. */
final class XmlWriter implements RecordWriter {

    private final OutputStream out;
    private final String element;
    private boolean begun;

    /** @param begun whether the root element has been opened */
    XmlWriter(OutputStream out, String element, boolean begun) {
        this.out = out;
        this.element = element;
        this.begun = begun;
    }

    @Override
    public void write(ObjectNode object) throws IOException {
        begin();
        StringBuilder text = new StringBuilder("  ");
        append(text, element, object);
        text.append('\n');
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void begin() throws IOException {
        if (!begun) {
            out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n".getBytes(StandardCharsets.UTF_8));
            begun = true;
        }
    }

    private static void append(StringBuilder text, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(entry -> append(text, name, entry));
            return;
        }
        text.append('<').append(name).append('>');
        if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> append(text, XmlText.name(field.getKey()), field.getValue()));
        } else if (!value.isNull()) {
            text.append(XmlText.of(value.asText()));
        }
        text.append("</").append(name).append('>');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void finish() throws IOException {
        begin();
        out.write("</records>\n".getBytes(StandardCharsets.UTF_8));
        flush();
    }
}

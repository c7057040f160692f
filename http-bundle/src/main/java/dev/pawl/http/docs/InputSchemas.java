package dev.pawl.http.docs;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The schemas of tasks' inputs in an OpenAPI description: {@value #ANY}, which requests refer to, and one for each module that the reader may
 * know of. Inputs of any shape are accepted beside, since a job may be for another machine's module, and templates stand for values of any type.
 * Defaults are told in words, because generators of clients take a field that has one for required.
 */
final class InputSchemas {

    /** The schema of the inputs of any module. */
    private static final String ANY = "Inputs";

    /** The length of what tells apart ids that would have the same name. */
    private static final int MARK = 8;

    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*");

    private final Map<String, Schema> modules;

    /** @param modules the inputs of each module by its id */
    InputSchemas(Map<String, Schema> modules) {
        this.modules = modules;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(ANY);
        json.writeStringField("description", "The inputs of a task by name: those of its module.");
        json.writeArrayFieldStart("anyOf");
        for (String module : modules.keySet()) {
            JsonText.value(json, Map.of("$ref", "#/components/schemas/" + name(module)));
        }
        JsonText.value(json, Ordered.map("type", "object", "additionalProperties", true));
        json.writeEndArray();
        json.writeEndObject();
        for (Map.Entry<String, Schema> module : modules.entrySet()) {
            json.writeObjectFieldStart(name(module.getKey()));
            write(json, module.getKey(), module.getValue().fields());
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, String module, List<Field> fields) throws IOException {
        json.writeStringField("type", "object");
        json.writeStringField("description", "The inputs of the module " + module + ".");
        json.writeObjectFieldStart("properties");
        for (Field field : fields) {
            json.writeObjectFieldStart(field.id());
            write(json, field);
            json.writeEndObject();
        }
        json.writeEndObject();
        List<String> required =
                fields.stream().filter(Field::required).map(Field::id).toList();
        if (!required.isEmpty()) {
            JsonText.field(json, "required", required);
        }
    }

    private static void write(JsonGenerator json, Field field) throws IOException {
        switch (field.type()) {
            case TEXT -> json.writeStringField("type", "string");
            case SECRET -> {
                json.writeStringField("type", "string");
                json.writeStringField("format", "password");
            }
            case NUMBER, INTEGER, BOOLEAN ->
                json.writeStringField("type", field.type().wireName());
            case JSON -> {} // a schema without keywords accepts everything
        }
        boolean counted =
                switch (field.type()) {
                    case NUMBER, INTEGER -> true;
                    case TEXT, SECRET, BOOLEAN, JSON -> false;
                };
        if (counted && field.min() != null) {
            JsonText.field(json, "minimum", field.min());
        }
        if (counted && field.max() != null) {
            JsonText.field(json, "maximum", field.max());
        }
        Object otherwise = field.otherwise();
        String about = field.description();
        if (otherwise != null) {
            about = (about + " By default " + JsonText.text(value -> JsonText.value(value, otherwise)) + ".").strip();
        }
        json.writeStringField("description", about);
    }

    /**
     * The name of a module's schema: the words of its id, such as {@code HelloWorldInputs} for {@code hello-world}. An id that is not these
     * words in lower case with hyphens gets a mark of its own, whatever other modules there are, so that the name never changes.
     */
    static String name(String id) {
        var name = new StringBuilder();
        for (String word : id.split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        return (PLAIN.matcher(id).matches() ? name.toString() : "Module" + name + mark(id)) + ANY;
    }

    private static String mark(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, MARK);
    }
}

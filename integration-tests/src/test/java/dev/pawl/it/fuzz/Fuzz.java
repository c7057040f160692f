package dev.pawl.it.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws requests for the routes of a description from a seed: valid, nearly valid and hostile ones. */
final class Fuzz {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");
    private static final List<String> KNOWN_WORDS = List.of("hello", "files", "cleanup", "pawl", "fuzz", "w1");
    private static final List<String> KNOWN_TEXTS =
            List.of("hello", "1s", "idle", "w1", "text", "2026-01-01T10:00:00Z", "fuzz-key");

    private final List<Operation> operations;
    private final Random random;
    private final List<String> ids = new ArrayList<>();

    /** A drawn request. */
    record Drawn(String method, String path, String contentType, String body) {

        @Override
        public String toString() {
            return method + " " + path + " " + contentType + " "
                    + (body.length() > 300 ? body.substring(0, 300) + "… (" + body.length() + " characters)" : body);
        }
    }

    Fuzz(List<Operation> operations, long seed) {
        this.operations = List.copyOf(operations);
        this.random = new Random(seed);
    }

    /** Remembers an id from an answer for later requests. */
    void learn(String id) {
        if (ids.size() < 200) {
            ids.add(id);
        } else {
            ids.set(random.nextInt(ids.size()), id);
        }
    }

    Drawn next() {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String path = path(operation.template()) + query(operation);
        String method = random.nextInt(50) == 0
                ? List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW")
                        .get(random.nextInt(7))
                : operation.method();
        if (operation.bodies().isEmpty()) {
            boolean unasked = random.nextInt(20) == 0;
            return new Drawn(method, path, null, unasked ? HostileValues.json(random) : "");
        }
        List<String> types = List.copyOf(operation.bodies().keySet());
        String type = types.get(random.nextInt(types.size()));
        String body = type.endsWith("json") ? body(operation.bodies().get(type)) : HostileValues.text(random);
        String sent = random.nextInt(25) == 0
                ? List.of("text/plain", "application/json; charset=utf-16", "application/xml", "x")
                        .get(random.nextInt(4))
                : type.startsWith("multipart") ? type + "; boundary=x" : type;
        return new Drawn(method, path, sent, body);
    }

    private String body(JsonNode schema) {
        String body =
                switch (random.nextInt(12)) {
                    case 0 -> HostileValues.json(random);
                    case 1 -> "";
                    default -> object(schema);
                };
        return random.nextInt(25) == 0 && !body.isEmpty() ? body.substring(0, random.nextInt(body.length())) : body;
    }

    private String object(JsonNode schema) {
        StringBuilder object = new StringBuilder("{");
        boolean sloppy = random.nextInt(3) == 0;
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            boolean required = schema.path("required").toString().contains('"' + field.getKey() + '"');
            if (required ? sloppy && random.nextInt(6) == 0 : random.nextInt(4) != 0) {
                continue;
            }
            add(object, field.getKey(), random.nextInt(3) == 0 ? HostileValues.json(random) : value(field.getValue()));
        }
        if (!schema.has("properties") || random.nextInt(12) == 0) {
            add(object, "x" + random.nextInt(3), HostileValues.json(random));
        }
        return object.append('}').toString();
    }

    private static void add(StringBuilder object, String name, String value) {
        object.append(object.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value);
    }

    /** A value that more or less fits its schema. */
    private String value(JsonNode schema) {
        JsonNode kind = schema.has("allOf") ? schema.get("allOf").get(0) : schema;
        return switch (kind.path("type").asText()) {
            case "integer", "number" ->
                random.nextBoolean() ? String.valueOf(random.nextInt(120)) : HostileValues.number(random);
            case "boolean" -> String.valueOf(random.nextBoolean());
            case "array" -> "[" + (random.nextInt(5) == 0 ? "" : object(kind.path("items"))) + "]";
            case "object" ->
                kind.has("properties")
                        ? object(kind)
                        : "{\"name\":" + HostileValues.quoted(HostileValues.text(random), random) + "}";
            default -> HostileValues.quoted(word(), random);
        };
    }

    private String word() {
        return switch (random.nextInt(4)) {
            case 0 -> HostileValues.text(random);
            case 1 -> id();
            default -> KNOWN_TEXTS.get(random.nextInt(KNOWN_TEXTS.size()));
        };
    }

    private String path(String template) {
        Matcher variables = VARIABLE.matcher(template);
        StringBuilder path = new StringBuilder();
        while (variables.find()) {
            String value =
                    switch (random.nextInt(4)) {
                        case 0 -> encoded(HostileValues.text(random));
                        case 1 -> KNOWN_WORDS.get(random.nextInt(KNOWN_WORDS.size()));
                        default -> id();
                    };
            variables.appendReplacement(path, Matcher.quoteReplacement(value.isEmpty() ? "x" : value));
        }
        return variables.appendTail(path).toString();
    }

    private String query(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.parameters()) {
            if (random.nextInt(3) == 0) {
                String value = random.nextInt(3) == 0 ? HostileValues.text(random) : plain(parameter.path("schema"));
                query.append(query.length() == 0 ? "?" : "&")
                        .append(parameter.get("name").asText())
                        .append('=')
                        .append(encoded(value.length() > 2_000 ? value.substring(0, 2_000) : value));
            }
        }
        return query.toString();
    }

    private String plain(JsonNode schema) {
        JsonNode choices = schema.path("enum");
        if (!choices.isEmpty()) {
            return choices.get(random.nextInt(choices.size())).asText();
        }
        return switch (schema.path("type").asText()) {
            case "integer" ->
                random.nextBoolean() ? String.valueOf(random.nextInt(2_000)) : HostileValues.number(random);
            case "boolean" -> String.valueOf(random.nextBoolean());
            default -> word();
        };
    }

    private String id() {
        return ids.isEmpty() ? "0" : ids.get(random.nextInt(ids.size()));
    }

    /** The text with every byte escaped, so that it arrives whole. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : bytes(text.length() > 300 ? text.substring(0, 300) : text)) {
            encoded.append(String.format("%%%02X", one));
        }
        return encoded.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(
                StandardCharsets.UTF_8); // a lone surrogate becomes a question mark here; it arrives only as an escape
    }
}

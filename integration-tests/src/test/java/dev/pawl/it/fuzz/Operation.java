package dev.pawl.it.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A route as the server's own description tells of it.
 *
 * @param method of HTTP
 * @param template its path, with variables in braces
 * @param parameters those in its query
 * @param bodies the schema of its body by content type; empty where it takes none
 */
record Operation(String method, String template, List<JsonNode> parameters, Map<String, JsonNode> bodies) {

    /** Every route of a description. */
    static List<Operation> of(JsonNode openApi) {
        List<Operation> all = new ArrayList<>();
        openApi.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> all.add(of(operation.getKey(), path.getKey(), operation.getValue()))));
        return all;
    }

    private static Operation of(String method, String template, JsonNode told) {
        List<JsonNode> parameters = new ArrayList<>();
        told.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")) {
                parameters.add(parameter);
            }
        });
        Map<String, JsonNode> bodies = new TreeMap<>();
        told.path("requestBody")
                .path("content")
                .properties()
                .forEach(type -> bodies.put(type.getKey(), type.getValue().path("schema")));
        return new Operation(method.toUpperCase(Locale.ROOT), template, parameters, bodies);
    }
}

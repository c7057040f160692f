package dev.pawl.it.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A route in the server's own description.
 *
 * @param method the HTTP method
 * @param template the path, with variables in braces
 * @param parameters the query parameters
 * @param bodies the schema of the body by content type; empty when the route takes none
 */
record Operation(String method, String template, List<JsonNode> parameters, Map<String, JsonNode> bodies) {

    /** Returns every route of a description. */
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

package dev.pawl.http.docs;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.AnswerKinds;
import dev.pawl.http.answer.AnswerShape;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.repeat.IdempotencyKey;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The route table as OpenAPI 3.1. */
public final class OpenApi {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private OpenApi() {}

    public static String of(List<Route> routes, String version) {
        return JsonText.text(json -> {
            json.writeStartObject();
            json.writeStringField("openapi", "3.1.0");
            json.writeObjectFieldStart("info");
            json.writeStringField("title", "Pawl");
            json.writeStringField("version", version);
            json.writeStringField("description", "A self-hosted automation runtime: modules, jobs, queue and workers.");
            json.writeEndObject();
            json.writeObjectFieldStart("paths");
            for (Map.Entry<String, List<Route>> path : byPath(routes).entrySet()) {
                json.writeObjectFieldStart(path.getKey());
                for (Route route : path.getValue()) {
                    operation(json, route);
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            components(json, routes);
            json.writeEndObject();
        });
    }

    private static Map<String, List<Route>> byPath(List<Route> routes) {
        Map<String, List<Route>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.template(), path -> new ArrayList<>()).add(route);
        }
        return paths;
    }

    private static void operation(JsonGenerator json, Route route) throws IOException {
        json.writeObjectFieldStart(route.method().toLowerCase(Locale.ROOT));
        json.writeStringField("operationId", operationId(route));
        JsonText.field(json, "tags", List.of(route.group()));
        json.writeStringField("summary", route.summary());
        json.writeStringField(
                "description",
                route.role() == Role.ANYONE
                        ? "Needs no token."
                        : "Needs a token with the role " + route.role().wireName() + ".");
        json.writeStringField("x-pawl-role", route.role().wireName());
        json.writeBooleanField("x-pawl-websocket", route.socket());
        json.writeArrayFieldStart("security");
        if (route.role() != Role.ANYONE) {
            json.writeStartObject();
            JsonText.field(json, "token", List.of());
            json.writeEndObject();
        }
        json.writeEndArray();
        parameters(json, route);
        body(json, route);
        responses(json, route);
        json.writeEndObject();
    }

    private static String operationId(Route route) {
        var id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String word : route.template().split("[/{}.]+", -1)) {
            if (!word.isEmpty()) {
                id.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        return id.toString();
    }

    private static void parameters(JsonGenerator json, Route route) throws IOException {
        json.writeArrayFieldStart("parameters");
        Matcher variables = VARIABLE.matcher(route.template());
        while (variables.find()) {
            json.writeStartObject();
            json.writeStringField("name", variables.group(1));
            json.writeStringField("in", "path");
            json.writeBooleanField("required", true);
            JsonText.field(json, "schema", Map.of("type", "string"));
            json.writeEndObject();
        }
        if (route.repetition() != Repetition.AGAIN) {
            json.writeStartObject();
            json.writeStringField("name", IdempotencyKey.HEADER);
            json.writeStringField("in", "header");
            json.writeStringField(
                    "description", "Names the request: repeated with the same key, it gets the first answer again.");
            JsonText.field(
                    json, "schema", Map.of("type", "string", "minLength", 1, "maxLength", IdempotencyKey.LONGEST));
            json.writeEndObject();
        }
        for (Query query : route.queries()) {
            json.writeStartObject();
            json.writeStringField("name", query.name());
            json.writeStringField("in", "query");
            json.writeStringField("description", query.description());
            if (query.type() == Query.Type.WORDS) {
                json.writeBooleanField("explode", false); // separated by commas
            }
            schema(json, query);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void schema(JsonGenerator json, Query query) throws IOException {
        json.writeObjectFieldStart("schema");
        switch (query.type()) {
            case INTEGER -> {
                json.writeStringField("type", "integer");
                json.writeNumberField("minimum", query.min());
                json.writeNumberField("maximum", query.max());
            }
            case LIMIT -> {
                json.writeStringField("type", "integer");
                json.writeNumberField("minimum", query.min());
            }
            case BOOLEAN -> json.writeStringField("type", "boolean");
            case TEXT, DURATION -> json.writeStringField("type", "string");
            case TIME -> {
                json.writeStringField("type", "string");
                json.writeStringField("format", "date-time");
            }
            case WORDS -> {
                json.writeStringField("type", "array");
                JsonText.field(json, "items", Map.of("type", "string", "enum", query.choices()));
            }
        }
        if (!query.choices().isEmpty() && query.type() != Query.Type.WORDS) {
            JsonText.field(json, "enum", query.choices());
        }
        String otherwise = query.otherwise();
        if (otherwise != null && !query.name().equals("after")) {
            switch (query.type()) {
                case INTEGER, LIMIT -> json.writeNumberField("default", Long.parseLong(otherwise));
                case BOOLEAN -> json.writeBooleanField("default", Boolean.parseBoolean(otherwise));
                case TEXT, WORDS, DURATION, TIME -> json.writeStringField("default", otherwise);
            }
        }
        json.writeEndObject();
    }

    private static void body(JsonGenerator json, Route route) throws IOException {
        if (route.types().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("requestBody");
        json.writeBooleanField("required", true);
        json.writeObjectFieldStart("content");
        for (String type : route.types()) {
            json.writeObjectFieldStart(type);
            json.writeFieldName("schema");
            BodyShape shape = route.shape();
            if (shape != null) {
                shape.writeSchema(json);
            } else if (type.equals("application/json")) {
                JsonText.value(json, Map.of("type", "object"));
            } else if (type.startsWith("multipart/")) {
                json.writeRawValue(
                        "{\"type\":\"object\",\"properties\":{\"file\":{\"type\":\"string\",\"format\":\"binary\"}}}");
            } else {
                json.writeRawValue("{\"type\":\"string\",\"format\":\"binary\"}");
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void responses(JsonGenerator json, Route route) throws IOException {
        DeclaredAnswer answer = route.answer();
        json.writeObjectFieldStart("responses");
        json.writeObjectFieldStart(String.valueOf(answer.status()));
        json.writeStringField("description", answer.description());
        content(json, answer.type(), answer.kind());
        json.writeEndObject();
        if (answer.isFile()) {
            json.writeObjectFieldStart("206");
            json.writeStringField("description", "The part that Range asked for.");
            content(json, answer.type(), answer.kind());
            json.writeEndObject();
        }
        if (answer.tagged()) {
            json.writeObjectFieldStart("304");
            json.writeStringField("description", "The client has this version already.");
            json.writeEndObject();
        }
        json.writeObjectFieldStart("default");
        json.writeStringField("$ref", "#/components/responses/Problem");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void content(JsonGenerator json, @Nullable String type, @Nullable AnswerKind<?> kind)
            throws IOException {
        if (type == null) {
            return;
        }
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(type);
        json.writeObjectFieldStart("schema");
        (kind == null ? AnswerKinds.TEXT : kind).writeSchema(json, false);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void components(JsonGenerator json, List<Route> routes) throws IOException {
        json.writeObjectFieldStart("components");
        json.writeObjectFieldStart("securitySchemes");
        JsonText.field(json, "token", Map.of("type", "http", "scheme", "bearer"));
        json.writeEndObject();
        json.writeObjectFieldStart("responses");
        json.writeObjectFieldStart("Problem");
        json.writeStringField("description", ProblemJson.SHAPE.description());
        content(json, ProblemJson.TYPE, ProblemJson.SHAPE);
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("schemas");
        for (AnswerShape<?> shape : shapes(routes)) {
            json.writeFieldName(shape.name());
            shape.writeDefinition(json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The shapes that answers refer to, in alphabetical order. */
    static Collection<AnswerShape<?>> shapes(List<Route> routes) {
        Map<String, AnswerShape<?>> shapes = new TreeMap<>();
        ProblemJson.SHAPE.shapes(shape -> add(shapes, shape));
        for (Route route : routes) {
            AnswerKind<?> kind = route.answer().kind();
            if (kind != null) {
                kind.shapes(shape -> add(shapes, shape));
            }
        }
        return shapes.values();
    }

    private static void add(Map<String, AnswerShape<?>> shapes, AnswerShape<?> shape) {
        AnswerShape<?> known = shapes.putIfAbsent(shape.name(), shape);
        if (known != null && known != shape) {
            throw new IllegalArgumentException("Two shapes have the name " + shape.name() + ".");
        }
    }
}

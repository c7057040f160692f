package dev.pawl.http.docs;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.AnswerKinds;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.repeat.IdempotencyKey;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Header;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.QueryString;
import dev.pawl.http.route.Repetition;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one operation of an OpenAPI description. */
final class OperationJson {

    static final String TOKEN = "token";
    static final String PASSWORD = "password";

    private static final String REQUEST_ID = "X-Request-Id";

    private static final Header REPEATED = new Header(
            IdempotencyKey.HEADER,
            "Names the request, in at most " + IdempotencyKey.LONGEST
                    + " characters: repeated with the same key within 24 hours, it gets the first answer again.");

    private static final Header SEALING = new Header(
            IdempotencyKey.HEADER,
            REPEATED.description() + " It seals that answer, so it takes at least " + IdempotencyKey.SHORTEST_SEAL
                    + " characters, best a random UUID.");

    private static final Header REPLAYED =
            new Header("Idempotent-Replayed", "`true` when this is the first answer to a repeated request.");

    private static final Map<String, Object> BINARY = Ordered.map("type", "string", "format", "binary");

    private final Operation operation;
    private final Route route;
    private final @Nullable Example example;
    private final ProblemResponses problems;

    OperationJson(Operation operation, ProblemResponses problems) {
        this.operation = operation;
        this.route = operation.route();
        this.example = operation.example();
        this.problems = problems;
    }

    void write(JsonGenerator json) throws IOException {
        boolean open = route.role() == Role.ANYONE;
        json.writeObjectFieldStart(route.method().toLowerCase(Locale.ROOT));
        json.writeStringField("operationId", operation.id());
        JsonText.field(json, "tags", List.of(operation.section().title()));
        json.writeStringField("summary", route.summary());
        json.writeStringField(
                "description",
                open
                        ? "Needs no token."
                        : "Needs a token with the role " + route.role().wireName() + ".");
        json.writeStringField("x-pawl-role", route.role().wireName());
        if (example != null && example.command() != null) {
            json.writeStringField("x-pawl-command", example.command());
        }
        JsonText.field(
                json, "security", open ? List.of() : List.of(Map.of(TOKEN, List.of()), Map.of(PASSWORD, List.of())));
        parameters(json);
        body(json);
        json.writeObjectFieldStart("responses");
        answer(json);
        problems.write(json, operation);
        json.writeEndObject();
        if (route.socket()) {
            socket(json);
        }
        json.writeEndObject();
    }

    private void parameters(JsonGenerator json) throws IOException {
        List<Map<String, Object>> parameters = new ArrayList<>();
        Map<String, String> values = operation.values();
        for (String name : variables(route.template())) {
            Map<String, Object> parameter = parameter(
                    name, "path", operation.section().variables().getOrDefault(name, ""), Map.of("type", "string"));
            parameter.put("required", true);
            parameters.add(with(parameter, values.get(name)));
        }
        Map<String, String> given = example == null ? Map.of() : QueryString.parse(example.query());
        for (Query query : route.queries()) {
            Map<String, Object> parameter =
                    parameter(query.name(), "query", query.description(), QuerySchema.of(query));
            parameter.put("required", query.required());
            if (query.type() == Query.Type.WORDS) {
                parameter.put("explode", false); // separated by commas
            }
            String value = given.get(query.name());
            parameters.add(with(parameter, value == null ? null : QuerySchema.value(query, value)));
        }
        for (Header header : headers(route)) {
            Map<String, Object> parameter =
                    parameter(header.name(), "header", header.description(), Map.of("type", "string"));
            parameters.add(
                    with(parameter, example == null ? null : example.headers().get(header.name())));
        }
        if (!parameters.isEmpty()) {
            JsonText.field(json, "parameters", parameters);
        }
    }

    private static Map<String, Object> parameter(String name, String in, String description, Map<String, ?> schema) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("description", description);
        parameter.put("schema", schema);
        return parameter;
    }

    private static Map<String, Object> with(Map<String, Object> parameter, @Nullable Object value) {
        if (value != null) {
            parameter.put("example", value);
        }
        return parameter;
    }

    /** The names of the variables of a path. */
    static List<String> variables(String template) {
        return List.of(template.split("/", -1)).stream()
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .toList();
    }

    private void body(JsonGenerator json) throws IOException {
        if (route.types().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("requestBody");
        BodyShape shape = route.shape();
        json.writeBooleanField("required", shape == null || shape.isNeeded());
        json.writeObjectFieldStart("content");
        for (String type : route.types()) {
            json.writeObjectFieldStart(type);
            json.writeFieldName("schema");
            if (shape != null) {
                shape.writeSchema(json);
            } else if (type.equals(Answer.JSON)) {
                JsonText.value(json, Ordered.map("type", "object", "additionalProperties", true));
            } else if (type.startsWith("multipart/")) {
                JsonText.value(json, Ordered.map("type", "object", "properties", Map.of("file", BINARY)));
            } else {
                JsonText.value(json, BINARY);
            }
            if (example != null && type.equals(Answer.JSON) && !example.body().isEmpty()) {
                JsonText.field(json, "example", parsed(example.body()));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void answer(JsonGenerator json) throws IOException {
        DeclaredAnswer answer = route.answer();
        json.writeObjectFieldStart(String.valueOf(answer.status()));
        json.writeStringField("description", answer.description());
        headers(json, answerHeaders(route));
        content(json, answer, true);
        json.writeEndObject();
        if (answer.isFile()) {
            json.writeObjectFieldStart("206");
            json.writeStringField("description", "The part that Range asked for.");
            List<Header> headers = new ArrayList<>(answer.headers());
            headers.add(new Header("Content-Range", "The part, as `bytes FIRST-LAST/SIZE`."));
            headers(json, headers);
            content(json, answer, false);
            json.writeEndObject();
        }
        for (DeclaredAnswer.Other other : answer.others()) {
            json.writeObjectFieldStart(String.valueOf(other.status()));
            json.writeStringField("description", other.description());
            headers(json, other.headers());
            json.writeEndObject();
        }
    }

    private void content(JsonGenerator json, DeclaredAnswer answer, boolean shown) throws IOException {
        String type = answer.type();
        if (type == null) {
            return;
        }
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(type);
        json.writeObjectFieldStart("schema");
        AnswerKind<?> kind = answer.isStream() ? null : answer.kind();
        (kind == null ? AnswerKinds.TEXT : kind).writeSchema(json, false);
        if (answer.isStream()) { // a text to HTTP, whose events hold JSON
            schema(json, "contentSchema");
        }
        json.writeEndObject();
        if (shown && example != null && !example.answer().body().isEmpty()) {
            String body = example.answer().body();
            JsonText.field(json, "example", kind == null ? body : parsed(body));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** OpenAPI has no words for the frames of a WebSocket. */
    private void socket(JsonGenerator json) throws IOException {
        json.writeBooleanField("x-pawl-websocket", true);
        schema(json, "x-pawl-frame");
    }

    private void schema(JsonGenerator json, String field) throws IOException {
        AnswerKind<?> kind = route.answer().kind();
        if (kind != null) {
            json.writeObjectFieldStart(field);
            kind.writeSchema(json, false);
            json.writeEndObject();
        }
    }

    /** The headers of a request that matter to a route. */
    static List<Header> headers(Route route) {
        List<Header> headers = new ArrayList<>(route.headers());
        if (route.repetition() != Repetition.AGAIN) {
            headers.add(route.repetition() == Repetition.SEALED ? SEALING : REPEATED);
        }
        return headers;
    }

    /** The headers that a route's answer may have, beside that of every answer. */
    static List<Header> answerHeaders(Route route) {
        List<Header> headers = new ArrayList<>(route.answer().headers());
        if (route.repetition() != Repetition.AGAIN) {
            headers.add(REPLAYED);
        }
        return headers;
    }

    /** Writes the component of the header that every answer has. */
    static void component(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("headers");
        JsonText.field(
                json,
                REQUEST_ID,
                Ordered.map(
                        "description",
                        "The id of the request: the client's, when it sent a sane one, else a new one. Log and audit have it too.",
                        "schema",
                        Map.of("type", "string")));
        json.writeEndObject();
    }

    /** Writes the headers of a response. */
    static void headers(JsonGenerator json, List<Header> headers) throws IOException {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put(REQUEST_ID, Map.of("$ref", "#/components/headers/" + REQUEST_ID));
        for (Header header : headers) {
            described.put(
                    header.name(),
                    Ordered.map("description", header.description(), "schema", Map.of("type", "string")));
        }
        JsonText.field(json, "headers", described);
    }

    private static @Nullable Object parsed(String body) {
        return JsonTree.read(body.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.pawl.http.docs;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.route.Header;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The problems in an OpenAPI description: one component for each set of codes that share a status on some route. */
final class ProblemResponses {

    /** The response for every problem, which answers of unknown paths and methods have. */
    private static final String ANY = "Problem";

    private final Map<String, Problems> used = new TreeMap<>();

    private record Problems(int status, Set<ProblemCode> codes) {}

    /** Writes the responses of a route. */
    void write(JsonGenerator json, Operation operation) throws IOException {
        int declared = operation.route().answer().status();
        for (Map.Entry<Integer, Set<ProblemCode>> problems :
                RouteProblems.of(operation.route()).entrySet()) {
            int status = problems.getKey();
            if (status != declared) {
                String name = name(status, problems.getValue());
                used.put(name, new Problems(status, problems.getValue()));
                reference(json, String.valueOf(status), name);
            }
        }
        if (declared < 200 || declared > 299) { // generators of clients want an answer for the rest
            reference(json, "default", ANY);
        }
    }

    /** Writes the components that the responses refer to. */
    void writeComponents(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("responses");
        json.writeObjectFieldStart(ANY);
        json.writeStringField("description", "Any problem.");
        OperationJson.headers(json, List.of());
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(ProblemJson.TYPE);
        json.writeObjectFieldStart("schema");
        ProblemJson.SHAPE.writeSchema(json, false);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        for (Map.Entry<String, Problems> response : used.entrySet()) {
            json.writeObjectFieldStart(response.getKey());
            write(json, response.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static List<Header> headers(Problems problems) {
        if (problems.status() == ProblemCode.STORE_UNAVAILABLE.status()
                || problems.codes().contains(ProblemCode.REQUEST_UNDER_WAY)
                || problems.codes().contains(ProblemCode.WRONG_TOKENS)) {
            return List.of(new Header("Retry-After", "The number of seconds after which to try again."));
        }
        return switch (problems.status()) {
            case 401 -> List.of(new Header("WWW-Authenticate", "Always Bearer."));
            case 416 -> List.of(new Header("Content-Range", "The size of the file, as `bytes */SIZE`."));
            default -> List.of();
        };
    }

    /** The description of a set of problems. */
    private static String description(Set<ProblemCode> codes) {
        return codes.stream().map(code -> code.id() + ": " + code.cause()).collect(Collectors.joining("\n\n"));
    }

    private static String name(int status, Set<ProblemCode> codes) {
        return codes.stream()
                .map(code -> code.id().substring("PAWL".length()))
                .collect(Collectors.joining("", ANY + status, ""));
    }

    private static void reference(JsonGenerator json, String status, String name) throws IOException {
        json.writeObjectFieldStart(status);
        json.writeStringField("$ref", "#/components/responses/" + name);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Problems problems) throws IOException {
        json.writeStringField("description", description(problems.codes()));
        OperationJson.headers(json, headers(problems));
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(ProblemJson.TYPE);
        json.writeObjectFieldStart("schema");
        json.writeArrayFieldStart("allOf");
        json.writeStartObject();
        ProblemJson.SHAPE.writeSchema(json, false);
        json.writeEndObject();
        List<String> ids = problems.codes().stream().map(ProblemCode::id).toList();
        JsonText.value(
                json,
                Ordered.map(
                        "type",
                        "object",
                        "properties",
                        Ordered.map(
                                "status", Ordered.map("type", "integer", "enum", List.of(problems.status())),
                                "code", Ordered.map("type", "string", "enum", ids))));
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("examples");
        for (ProblemCode code : problems.codes()) {
            json.writeObjectFieldStart(code.id());
            json.writeStringField("summary", ProblemJson.title(code));
            json.writeFieldName("value");
            ProblemJson.write(json, code, problems.status(), code.cause());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}

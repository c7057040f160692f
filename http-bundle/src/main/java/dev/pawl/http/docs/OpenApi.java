package dev.pawl.http.docs;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.AnswerShape;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.route.Route;
import dev.pawl.service.catalog.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The route table as OpenAPI 3.1. */
public final class OpenApi {

    private static final String DESCRIPTION = """
            A self-hosted automation runtime: modules, jobs, queue and workers.

            Times are ISO 8601 with offset, in UTC. Answers may get more fields: ignore those that you do not know. Errors are problems \
            by RFC 9457, with a `code` that keeps its meaning and a `remedy`. An answer of any other status comes from what is between \
            the client and the server.""";

    private final Reference reference;
    private final String version;
    private final InputSchemas inputs;
    private final ProblemResponses problems = new ProblemResponses();

    private OpenApi(Reference reference, String version, InputSchemas inputs) {
        this.reference = reference;
        this.version = version;
        this.inputs = inputs;
    }

    /** The description of these routes, and of the inputs of these modules by their ids, as JSON. */
    public static String of(List<Route> routes, String version, Map<String, Schema> inputs) {
        var openApi = new OpenApi(Reference.of(routes), version, new InputSchemas(inputs));
        return JsonText.text(openApi::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("openapi", "3.1.0");
        json.writeObjectFieldStart("info");
        json.writeStringField("title", "Pawl");
        json.writeStringField("version", version);
        json.writeStringField("description", DESCRIPTION);
        JsonText.field(json, "license", Ordered.map("name", "Apache-2.0", "identifier", "Apache-2.0"));
        json.writeEndObject();
        JsonText.field(
                json, "servers", List.of(Ordered.map("url", "/", "description", "The server that gave this answer.")));
        tags(json);
        paths(json);
        components(json);
        json.writeEndObject();
    }

    private void tags(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("tags");
        for (Reference.Section section : reference.sections()) {
            json.writeStartObject();
            json.writeStringField("name", section.text().title());
            json.writeStringField("description", section.text().description());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void paths(JsonGenerator json) throws IOException {
        Map<String, List<Operation>> paths = new LinkedHashMap<>();
        for (Operation operation : reference.operations()) {
            paths.computeIfAbsent(operation.route().template(), path -> new ArrayList<>())
                    .add(operation);
        }
        json.writeObjectFieldStart("paths");
        for (Map.Entry<String, List<Operation>> path : paths.entrySet()) {
            json.writeObjectFieldStart(path.getKey());
            for (Operation operation : path.getValue()) {
                new OperationJson(operation, problems).write(json);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void components(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("components");
        json.writeObjectFieldStart("securitySchemes");
        JsonText.field(
                json,
                OperationJson.TOKEN,
                Ordered.map(
                        "type",
                        "http",
                        "scheme",
                        "bearer",
                        "description",
                        "A token, as `Authorization: Bearer TOKEN`."));
        JsonText.field(
                json,
                OperationJson.PASSWORD,
                Ordered.map(
                        "type",
                        "http",
                        "scheme",
                        "basic",
                        "description",
                        "A token as the password; any user name will do."));
        json.writeEndObject();
        OperationJson.component(json);
        problems.writeComponents(json);
        json.writeObjectFieldStart("schemas");
        for (AnswerShape<?> shape : shapes(reference.routes())) {
            json.writeFieldName(shape.name());
            shape.writeDefinition(json);
        }
        inputs.write(json);
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

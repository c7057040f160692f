package dev.pawl.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The ids in an answer: those of the objects that it lists, or else its own. */
final class Ids {
    /** The members that identify an object, the most specific first; a document's name is unique within its module. */
    private static final List<String> NAMES = List.of("id", "job_id", "worker_id", "path", "name", "schedule");

    private Ids() {}

    static List<String> of(JsonNode answer) {
        return listed(answer)
                .map(list -> StreamSupport.stream(list.spliterator(), false))
                .findFirst()
                .orElseGet(() -> Stream.of(answer))
                .flatMap(Ids::id)
                .toList();
    }

    /** The lists of objects in the answer. */
    private static Stream<JsonNode> listed(JsonNode answer) {
        boolean identified = answer.has("id") || answer.has("job_id");
        return identified
                ? Stream.empty()
                : answer.properties().stream()
                        .map(entry -> entry.getValue())
                        .filter(value -> value.isArray()
                                && (value.isEmpty() || value.path(0).isObject()));
    }

    private static Stream<String> id(JsonNode object) {
        String module = object.has("name") && !object.has("id") ? JsonTrees.text(object, "module") : "";
        return NAMES.stream()
                .map(name -> JsonTrees.text(object, name))
                .filter(id -> !id.isEmpty())
                .limit(1)
                .map(id -> module.isEmpty() ? id : module + " " + id);
    }
}

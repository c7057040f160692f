package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.docs.OpenApi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OpenApiTest {

    /** Responses that have no body according to HTTP. */
    private static final Set<String> WITHOUT_BODY = Set.of("204", "101", "304");

    private final Map<?, ?> openApi = Answers.object(OpenApi.of(RoutesTest.all(), "9.9.9"));
    private final Map<?, ?> components = (Map<?, ?>) openApi.get("components");
    private final Map<?, ?> schemas = (Map<?, ?>) components.get("schemas");

    @Test
    void everyResponseHasASchemaAlsoThatOfErrors() {
        for (Map<?, ?> operation : operations()) {
            Map<?, ?> responses = (Map<?, ?>) operation.get("responses");
            assertTrue(responses.containsKey("default"), operation::toString);
            responses.forEach((status, response) -> {
                Map<?, ?> told = resolved((Map<?, ?>) response);
                assertFalse(String.valueOf(told.get("description")).isBlank(), operation::toString);
                assertEquals(WITHOUT_BODY.contains(status), !told.containsKey("content"), operation::toString);
                if (told.get("content") instanceof Map<?, ?> content) {
                    content.values()
                            .forEach(media -> assertNotNull(((Map<?, ?>) media).get("schema"), operation::toString));
                }
            });
        }
    }

    @Test
    void operationIdsAreUnique() {
        Set<Object> ids = new HashSet<>();
        operations().forEach(operation -> assertTrue(ids.add(operation.get("operationId")), operation::toString));
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverySchemaIsReferredTo() {
        List<String> references = new ArrayList<>();
        collect(openApi, references);
        references.forEach(this::target);
        Set<String> used = new TreeSet<>();
        references.stream()
                .filter(reference -> reference.startsWith("#/components/schemas/"))
                .forEach(reference -> used.add(reference.substring("#/components/schemas/".length())));
        Set<Object> included = new HashSet<>(schemas.keySet());
        included.removeAll(used);
        assertEquals(Set.of(), included);
    }

    @Test
    void aSchemaRequiresOnlyFieldsThatItDescribes() {
        assertFalse(schemas.isEmpty());
        schemas.forEach((name, schema) -> {
            Map<?, ?> told = (Map<?, ?>) schema;
            Map<?, ?> properties = (Map<?, ?>) told.get("properties");
            List<?> required = told.get("required") instanceof List<?> list ? list : List.of();
            assertTrue(properties.keySet().containsAll(required), () -> name + " " + told);
            assertEquals(required.size(), new HashSet<Object>(required).size(), () -> name + " " + told);
        });
    }

    private List<Map<?, ?>> operations() {
        List<Map<?, ?>> all = new ArrayList<>();
        for (Object path : ((Map<?, ?>) openApi.get("paths")).values()) {
            ((Map<?, ?>) path).values().forEach(operation -> all.add((Map<?, ?>) operation));
        }
        assertTrue(all.size() > 45, () -> "only " + all.size());
        return all;
    }

    private Map<?, ?> resolved(Map<?, ?> part) {
        return part.get("$ref") instanceof String reference ? (Map<?, ?>) target(reference) : part;
    }

    private Object target(String reference) {
        Object found = openApi;
        for (String name : reference.substring("#/".length()).split("/", -1)) {
            found = ((Map<?, ?>) found).get(name);
            assertNotNull(found, reference);
        }
        return found;
    }

    private static void collect(Object json, List<String> references) {
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if ("$ref".equals(name)) {
                    references.add(String.valueOf(value));
                } else {
                    collect(value, references);
                }
            });
        } else if (json instanceof List<?> list) {
            list.forEach(element -> collect(element, references));
        }
    }
}

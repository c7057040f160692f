package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.docs.OpenApi;
import dev.pawl.service.catalog.Schema;
import dev.pawl.testkit.AnswerCheck;
import dev.pawl.testkit.HelloCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OpenApiTest {

    /** Responses that have no body according to HTTP. */
    /** The operations that need no token because they are given one, or something like it. */
    private static final Set<String> SIGN_INS = Set.of("callHook", "openSession");

    private static final Set<String> WITHOUT_BODY = Set.of("204", "101", "302", "304");

    private static final Map<String, Schema> MODULES =
            Map.of("hello", new HelloCatalog().modules().get(0).inputs());

    private final Map<?, ?> openApi = Answers.object(OpenApi.of(RoutesTest.all(), "9.9.9", MODULES));
    private final AnswerCheck answers = new AnswerCheck(openApi);
    private final Map<?, ?> components = (Map<?, ?>) openApi.get("components");
    private final Map<?, ?> schemas = (Map<?, ?>) components.get("schemas");

    @Test
    void everyResponseHasASchemaAlsoThatOfErrors() {
        for (Map<?, ?> operation : operations()) {
            Map<?, ?> responses = (Map<?, ?>) operation.get("responses");
            assertTrue(responses.keySet().containsAll(List.of("400", "500", "503")), operation::toString);
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
    void everyOperationSaysWhoMayCallIt() {
        for (Map<?, ?> operation : operations()) {
            boolean open = "anyone".equals(operation.get("x-pawl-role"));
            assertEquals(open, ((List<?>) operation.get("security")).isEmpty(), operation::toString);
            Map<?, ?> responses = (Map<?, ?>) operation.get("responses");
            boolean takesSecret = SIGN_INS.contains(operation.get("operationId"));
            assertEquals(!open || takesSecret, responses.containsKey("401"), operation::toString);
        }
    }

    @Test
    void everyTagAndEveryParameterIsDescribed() {
        Set<Object> described = new HashSet<>();
        for (Object tag : (List<?>) openApi.get("tags")) {
            assertFalse(String.valueOf(((Map<?, ?>) tag).get("description")).isBlank(), tag::toString);
            described.add(((Map<?, ?>) tag).get("name"));
        }
        Set<Object> used = new HashSet<>();
        for (Map<?, ?> operation : operations()) {
            used.addAll((List<?>) operation.get("tags"));
            for (Map<?, ?> parameter : parameters(operation)) {
                assertFalse(String.valueOf(parameter.get("description")).isBlank(), parameter::toString);
            }
        }
        assertEquals(used, described);
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        int checked = 0;
        for (Map<?, ?> operation : operations()) {
            for (Map<?, ?> parameter : parameters(operation)) {
                checked += check(parameter, operation);
                assertTrue(
                        parameter.containsKey("example") || !Boolean.TRUE.equals(parameter.get("required")),
                        parameter::toString);
            }
            if (operation.get("requestBody") instanceof Map<?, ?> body) {
                checked += checkContent(body, operation);
            }
            for (Object response : ((Map<?, ?>) operation.get("responses")).values()) {
                checked += checkContent(resolved((Map<?, ?>) response), operation);
            }
        }
        assertTrue(checked > 400, "only " + checked);
    }

    private int checkContent(Map<?, ?> whole, Map<?, ?> operation) {
        int checked = 0;
        if (whole.get("content") instanceof Map<?, ?> content) {
            for (Object media : content.values()) {
                checked += check((Map<?, ?>) media, operation);
            }
        }
        return checked;
    }

    /** Checks the examples of a parameter or of content; returns their number. */
    private int check(Map<?, ?> described, Map<?, ?> operation) {
        List<Object> examples = new ArrayList<>();
        if (described.containsKey("example")) {
            examples.add(described.get("example"));
        }
        if (described.get("examples") instanceof Map<?, ?> named) {
            named.values().forEach(example -> examples.add(((Map<?, ?>) example).get("value")));
        }
        for (Object example : examples) {
            assertEquals(
                    List.of(),
                    answers.wrong(described.get("schema"), example),
                    () -> "example of " + operation.get("operationId"));
        }
        return examples.size();
    }

    private static List<Map<?, ?>> parameters(Map<?, ?> operation) {
        List<Map<?, ?>> all = new ArrayList<>();
        if (operation.get("parameters") instanceof List<?> parameters) {
            parameters.forEach(parameter -> all.add((Map<?, ?>) parameter));
        }
        return all;
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsReferredTo() {
        Set<String> references = new TreeSet<>();
        collect(openApi, references);
        references.forEach(this::target);
        for (String kind : List.of("schemas", "responses")) {
            for (Object name : ((Map<?, ?>) components.get(kind)).keySet()) {
                assertTrue(references.contains("#/components/" + kind + "/" + name), () -> kind + " " + name);
            }
        }
    }

    @Test
    void aSchemaRequiresOnlyFieldsThatItDescribes() {
        assertFalse(schemas.isEmpty());
        schemas.forEach((name, schema) -> {
            Map<?, ?> told = (Map<?, ?>) schema;
            Map<?, ?> properties = told.get("properties") instanceof Map<?, ?> fields ? fields : Map.of();
            List<?> required = told.get("required") instanceof List<?> list ? list : List.of();
            assertTrue(properties.keySet().containsAll(required), () -> name + " " + told);
            assertEquals(required.size(), new HashSet<Object>(required).size(), () -> name + " " + told);
        });
    }

    @Test
    void theInputsOfAModuleAreDescribedByNameAndOthersAreAccepted() {
        Map<?, ?> hello = (Map<?, ?>) schemas.get("HelloInputs");
        assertEquals(List.of("name"), hello.get("required"));
        Map<?, ?> count = (Map<?, ?>) ((Map<?, ?>) hello.get("properties")).get("count");
        assertEquals("integer", count.get("type"));
        assertEquals("How often. By default 3.", count.get("description"));
        Map<?, ?> inputs = (Map<?, ?>) schemas.get("Inputs");
        assertEquals(List.of(), answers.wrong(inputs, Map.of("name", "World", "count", 3)));
        assertEquals(List.of(), answers.wrong(inputs, Map.of("of", List.of("another module"))));
        assertNotEquals(List.of(), answers.wrong(inputs, "text"));
    }

    @Test
    void withoutModulesInputsAreOpenObjects() {
        Map<?, ?> without = Answers.object(OpenApi.of(RoutesTest.all(), "9.9.9", Map.of()));
        Map<?, ?> known = (Map<?, ?>) ((Map<?, ?>) without.get("components")).get("schemas");
        assertEquals(
                List.of(Map.of("type", "object", "additionalProperties", true)),
                ((Map<?, ?>) known.get("Inputs")).get("anyOf"));
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

    private static void collect(Object json, Set<String> references) {
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

package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnswerCheckTest {

    private static final Map<String, Object> THING = Map.of(
            "type", "object",
            "required", List.of("id", "state"),
            "properties",
                    Map.of(
                            "id", Map.of("type", "string", "format", "uuid"),
                            "state", Map.of("type", List.of("string", "null"), "enum", list("on", "off", null)),
                            "size", Map.of("type", "integer"),
                            "parts", Map.of("type", "array", "items", Map.of("type", "number")),
                            "any", Map.of("description", "Any JSON."),
                            "open", Map.of("type", "object"),
                            "next",
                                    Map.of(
                                            "anyOf",
                                            List.of(
                                                    Map.of("$ref", "#/components/schemas/Thing"),
                                                    Map.of("type", "null")))));

    private static final Map<String, Object> PROBLEM =
            Map.of("content", Map.of("application/problem+json", Map.of("schema", Map.of("type", "object"))));

    private final AnswerCheck check = new AnswerCheck(Map.of(
            "components",
            Map.of("schemas", Map.of("Thing", THING), "responses", Map.of("Problem", PROBLEM)),
            "paths",
            Map.of(
                    "/things/{id}",
                    Map.of("get", responses("200", Map.of("$ref", "#/components/schemas/Thing"))),
                    "/things/all",
                    Map.of("get", responses("200", Map.of("type", "array"))))));

    private static Map<String, Object> responses(String status, Map<String, Object> schema) {
        return Map.of(
                "responses",
                Map.of(
                        status,
                        Map.of("content", Map.of("application/json", Map.of("schema", schema))),
                        "default",
                        Map.of("$ref", "#/components/responses/Problem")));
    }

    private static List<Object> list(Object... values) {
        return Arrays.asList(values);
    }

    private List<String> wrong(Map<String, ?> body) {
        return check.wrong("GET", "/things/7?deep=true", 200, "application/json", body);
    }

    private static Map<String, Object> thing(String field, Object value) {
        Map<String, Object> thing = new HashMap<>();
        thing.put("id", "3f2a91c4-0000-4000-8000-000000000001");
        thing.put("state", null);
        thing.put(field, value);
        return thing;
    }

    @Test
    void anAnswerAsItIsDescribedPasses() {
        assertEquals(List.of(), wrong(thing("state", "on")));
        assertEquals(List.of(), wrong(thing("size", 3L)));
        assertEquals(List.of(), wrong(thing("parts", List.of(1, 2.5))));
        assertEquals(List.of(), wrong(thing("open", Map.of("anything", 1))));
        assertEquals(List.of(), wrong(thing("any", List.of("x"))));
        assertEquals(List.of(), wrong(thing("next", null)));
        assertEquals(List.of(), wrong(thing("next", thing("size", 1))));
    }

    @Test
    void eachWayToDriftIsFoundAndItsPlaceIsSaid() {
        assertEquals(List.of("/new is not described"), wrong(thing("new", 1)));
        assertEquals(List.of("/state is missing"), wrong(Map.of("id", "3f2a91c4-0000-4000-8000-000000000001")));
        assertEquals(List.of("/size is to be integer but is number 1.5"), wrong(thing("size", 1.5)));
        assertEquals(List.of("/size is to be integer but is null null"), wrong(thing("size", null)));
        assertEquals(List.of("/id is to be uuid but is string 7"), wrong(thing("id", "7")));
        assertEquals(List.of("/state is to be one of [on, off, null] but is string up"), wrong(thing("state", "up")));
        assertEquals(List.of("/parts/1 is to be number but is string x"), wrong(thing("parts", List.of(1, "x"))));
        assertEquals(List.of("/next/new is not described"), wrong(thing("next", thing("new", 1))));
    }

    @Test
    void anotherStatusIsAProblemAndTheWordsOfAPathGoBeforeItsVariables() {
        assertEquals(List.of(), check.wrong("GET", "/things/all", 200, "application/json", List.of()));
        assertEquals(List.of(), check.wrong("GET", "/things/7", 404, "application/problem+json", Map.of()));
        assertEquals(List.of(), check.wrong("GET", "/nowhere", 404, "application/problem+json", Map.of()));
        assertEquals(
                List.of("There is no such response."),
                check.wrong("GET", "/things/7", 201, "application/json", Map.of()));
        assertEquals(
                List.of("The content type is [application/json], not text/html"),
                check.wrong("GET", "/things/7", 200, "text/html", null));
    }

    @Test
    void anAnswerThatDriftsFailsTheTestThatGotIt() {
        AssertionError failure = assertThrows(
                AssertionError.class, () -> check.hold("GET", "/things/7", 200, "application/json", thing("new", 1)));
        assertTrue(failure.getMessage().contains("/new is not described"), failure.getMessage());
    }

    @Test
    void theFieldsOfAllPartsOfAWholeAreDescribed() {
        Map<String, Object> whole = Map.of(
                "allOf",
                List.of(
                        Map.of("$ref", "#/components/schemas/Thing"),
                        Map.of("properties", Map.of("size", Map.of("type", "integer", "enum", List.of(1, 2))))));
        assertEquals(List.of(), check.wrong(whole, thing("size", 2)));
        assertEquals(List.of("/size is to be one of [1, 2] but is integer 3"), check.wrong(whole, thing("size", 3)));
        assertEquals(List.of("/other is not described"), check.wrong(whole, thing("other", 3)));
    }

    @Test
    void bothEndsOfARangeAreChecked() {
        Map<String, Object> number = Map.of("type", "integer", "minimum", 1, "maximum", 3);
        assertEquals(List.of(), check.wrong(number, 3));
        assertEquals(List.of(" is to be at least 1 but is integer 0"), check.wrong(number, 0));
        assertEquals(List.of(" is to be at most 3 but is integer 4"), check.wrong(number, 4));
        Map<String, Object> text = Map.of("type", "string", "minLength", 1, "maxLength", 2);
        assertEquals(List.of(), check.wrong(text, "ab"));
        assertEquals(List.of(" is to be at least 1 characters but is string "), check.wrong(text, ""));
        assertEquals(List.of(" is to be at most 2 characters but is string abc"), check.wrong(text, "abc"));
    }

    @Test
    void aHeaderThatNotAllAnswersHaveIsToBeDescribed() {
        assertEquals(
                Set.of("etag"), check.undescribed("GET", "/things/7", 200, Set.of("etag", "content-type", "vary")));
    }
}

package dev.pawl.http.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RouteTableTest {

    private final RouteTable table = RouteTable.of(List.of(
            route("GET", "/modules/{id}"),
            route("POST", "/modules/install"),
            route("POST", "/modules/{id}/enable"),
            route("GET", "/data/{module}/{name}"),
            route("GET", "/jobs/{id}/files/" + Route.REST)));

    @Test
    void variablesStandForTheirSegments() {
        assertEquals(
                Map.of("module", "hello", "name", "a b+c"),
                table.find("GET", "/data/hello/a%20b+c").orElseThrow().variables());
    }

    @Test
    void aWordDoesNotHideAVariableThatHasTheMethod() {
        assertEquals(
                Map.of("id", "install"),
                table.find("GET", "/modules/install").orElseThrow().variables());
        assertEquals(
                "/modules/install",
                table.find("POST", "/modules/install").orElseThrow().route().template());
    }

    @Test
    void aSlashAtTheEndMakesNoDifference() {
        assertTrue(table.find("GET", "/modules/hello/").isPresent());
        assertTrue(table.find("GET", "/modules//").isEmpty());
    }

    @Test
    void theRestOfAPathMayHaveSlashes() {
        assertEquals(
                Map.of("id", "1", "path", "a/b c//d"),
                table.find("GET", "/jobs/1/files/a/b%20c//d").orElseThrow().variables());
        assertTrue(table.find("GET", "/jobs/1/files/").isEmpty());
    }

    @Test
    void aPathSaysWhichMethodsItTakes() {
        assertEquals(List.of("GET", "HEAD", "OPTIONS", "POST"), table.methods("/modules/install"));
        assertEquals(List.of("OPTIONS", "POST"), table.methods("/modules/hello/enable"));
    }

    @Test
    void anUnknownPathIsNotFound() {
        ProblemException problem = assertThrows(ProblemException.class, () -> table.methods("/nothing"));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
    }

    @Test
    void lazyRoutesAreMadeOnceAndWithTheFirstRequestForThem() {
        var made = new ArrayList<String>();
        RouteTable table = new RouteTable(List.of(lazy(made, "jobs", "events"), lazy(made, "jobs")));

        assertTrue(table.find("GET", "/other").isEmpty());
        assertEquals(List.of(), made);
        assertTrue(table.find("GET", "/events").isPresent());
        assertEquals(List.of("jobs events"), made);
        assertTrue(table.find("GET", "/jobs").isPresent());
        assertTrue(table.find("GET", "/events").isPresent());
        assertEquals(List.of("jobs events", "jobs"), made);
    }

    private static LazyRoutes lazy(List<String> made, String... words) {
        String name = String.join(" ", words);
        return new LazyRoutes(List.of(words), () -> {
            made.add(name);
            return Stream.of(words)
                    .map(word -> route("GET", "/" + word + (words.length == 1 ? "/{id}" : "")))
                    .toList();
        });
    }

    @Test
    void twoRoutesOfOneMethodAndPathAreRefused() {
        List<Route> twice = List.of(route("GET", "/jobs/{id}"), route("GET", "/jobs/{job}"));
        assertThrows(IllegalArgumentException.class, () -> RouteTable.of(twice).find("GET", "/jobs/1"));
    }

    private static Route route(String method, String template) {
        return Route.of(method, template, Role.VIEWER, "", DeclaredAnswer.none(""), call -> Answer.none());
    }
}

package dev.pawl.http.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.RoutesTest;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.QueryString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReferenceTest {

    private static final String SECTIONS = "http-bundle/src/main/resources/dev/pawl/http/docs/sections/";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final Reference reference = Reference.of(RoutesTest.all());

    @Test
    void everyRouteHasAnExample() {
        for (Reference.Section section : reference.sections()) {
            for (Operation operation : section.operations()) {
                assertTrue(
                        operation.example() != null,
                        () -> named(operation) + " has no example: add its name after ###, a request and the answer to "
                                + SECTIONS + section.name() + ".http. SectionText says how.");
            }
        }
    }

    @Test
    void everySectionSaysWhatItIsAbout() {
        for (Reference.Section section : reference.sections()) {
            assertFalse(
                    section.text().description().isBlank(),
                    () -> "Begin " + SECTIONS + section.name() + ".http with a title after # and a description.");
        }
    }

    @Test
    void everyVariableOfAPathIsExplained() {
        for (Operation operation : reference.operations()) {
            VARIABLE.matcher(operation.route().template())
                    .results()
                    .map(match -> match.group(1))
                    .forEach(name -> assertTrue(
                            operation.section().variables().containsKey(name),
                            () -> "Add a line {" + name + "}: … to the head of the section of " + named(operation)));
        }
    }

    @Test
    void anExampleHasTheDeclaredStatusAndNoOtherParameters() {
        for (Operation operation : reference.operations()) {
            Example example = operation.example();
            assertEquals(operation.route().answer().status(), example.answer().status(), () -> named(operation));
            Set<String> declared =
                    operation.route().queries().stream().map(Query::name).collect(Collectors.toSet());
            assertTrue(declared.containsAll(QueryString.parse(example.query()).keySet()), () -> named(operation));
            assertEquals(operation.route().types().isEmpty(), example.body().isEmpty(), () -> named(operation));
        }
    }

    /** Clients are generated from these names: one that changes breaks their source. */
    @Test
    void theNamesOfOperationsAreThoseThatWereReleased() throws IOException {
        List<Operation> operations = reference.operations();
        Set<String> ids = new HashSet<>();
        operations.forEach(operation -> assertTrue(ids.add(operation.id()), operation::id));
        Set<String> names = operations.stream()
                .map(operation -> operation.id() + " " + named(operation))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                String.join("\n", released()),
                String.join("\n", names),
                "When a route is new, add its line to src/test/resources/dev/pawl/http/docs/operations.txt; never change one.");
    }

    private static Set<String> released() throws IOException {
        try (InputStream file = ReferenceTest.class.getResourceAsStream("operations.txt")) {
            return new TreeSet<>(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    private static String named(Operation operation) {
        return operation.route().method() + " " + operation.route().template();
    }
}

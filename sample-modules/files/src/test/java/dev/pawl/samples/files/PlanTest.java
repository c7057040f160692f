package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.files.Step.Action;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanTest {

    private static Map<String, Object> transfer(Object source, Object destination) {
        Map<String, Object> transfer = new HashMap<>();
        transfer.put("source", source);
        transfer.put("destination", destination);
        return transfer;
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(Map.of(), "Give at least one of delete, copy and move."),
                Arguments.of(
                        Map.of("remove", List.of()), "There is no input remove; cleanup takes delete, copy and move."),
                Arguments.of(Map.of("delete", "/a"), "delete is no list."),
                Arguments.of(Map.of("delete", List.of(7)), "delete[0] is 7; it takes a path as text."),
                Arguments.of(Map.of("delete", Arrays.asList("/a", null)), "delete[1] is missing."),
                Arguments.of(Map.of("delete", List.of("")), "delete[0] is ; it takes a path as text."),
                Arguments.of(
                        Map.of("delete", List.of("a/b")),
                        "delete[0] is a/b; it takes an absolute path, since a server has no folder of yours."),
                Arguments.of(Map.of("delete", List.of("/a\0b")), "delete[0] is no path: Nul character not allowed."),
                Arguments.of(Map.of("copy", List.of("/a")), "copy[0] is no object with source and destination."),
                Arguments.of(Map.of("copy", List.of(Map.of("source", "/a"))), "copy[0].destination is missing."),
                Arguments.of(Map.of("move", List.of(transfer(null, "/b"))), "move[0].source is missing."),
                Arguments.of(
                        Map.of("move", List.of(Map.of("source", "/a", "destination", "/b", "mode", "x"))),
                        "move[0] takes source and destination, not mode."),
                Arguments.of(
                        Map.of("copy", List.of(transfer("/", "/b"))),
                        "copy[0].source is /, which has no name to copy or move."),
                Arguments.of(
                        Map.of("copy", List.of(transfer("/a/x", "/c"), transfer("/b/x", "/c"))),
                        "More than one step would become /c/x."));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatItCannotDoAndNamesTheInput(Map<String, Object> inputs, String message) {
        assertEquals(
                message,
                assertThrows(ValidationException.class, () -> Plan.of(inputs)).getMessage());
    }

    @Test
    void copiesThenMovesThenDeletes() throws Exception {
        Plan plan = Plan.of(Map.of(
                "delete", List.of("/a"), "copy", List.of(transfer("/b", "/c")), "move", List.of(transfer("/d", "/e"))));

        assertEquals(
                List.of(Action.COPY, Action.MOVE, Action.DELETE),
                plan.steps().stream().map(Step::action).toList());
    }

    @Test
    void aListThatIsEmptyIsNothingToDo() {
        assertEquals(
                Outcome.COMPLETED,
                JobHarness.of(CleanupModule::new)
                        .inputs(Map.of("delete", List.of()))
                        .run()
                        .outcome());
    }
}

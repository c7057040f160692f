package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.files.CleanupModule.Inputs;
import dev.pawl.samples.files.CleanupModule.Relocation;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanTest {

    private static final String IN_ORDER = "The lists are done in the order in which they stand in the job";

    private static Relocation pair(String source, String destination) {
        return new Relocation(source, destination, null);
    }

    private static Inputs copies(Relocation... copies) {
        return new Inputs(List.of(copies), null, null);
    }

    private static Plan plan(Inputs inputs, String order) throws ValidationException {
        return Plan.of(inputs, List.of(order.split(" ")), (input, name) -> Path.of(name));
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(new Inputs(null, null, null), "", "Give at least one of delete, copy and move."),
                Arguments.of(
                        copies(pair("/", "/b")), "copy", "copy[0].source is /, which has no name to copy or move."),
                Arguments.of(
                        copies(pair("/a/x", "/c"), pair("/b/x", "/c")),
                        "copy",
                        "More than one step would become /c/x."),
                Arguments.of(
                        copies(new Relocation("/a", "/b", "u+x")),
                        "copy",
                        "copy[0].mode is \"u+x\"; it takes permissions as three octal digits, such as \"0640\"."),
                Arguments.of(
                        new Inputs(null, List.of(pair("/a", "/b")), List.of("/a")),
                        "delete move",
                        "move[0].source is /a, which delete[0] removes before it. " + IN_ORDER + ": put delete last."),
                Arguments.of(
                        new Inputs(List.of(pair("/a/x", "/b")), List.of(pair("/a", "/c")), null),
                        "move copy",
                        "copy[0].source is /a/x, which move[0] removes before it. " + IN_ORDER + ": put move last."),
                Arguments.of(
                        new Inputs(null, List.of(pair("/a", "/b"), pair("/a", "/c")), null),
                        "move",
                        "move[1].source is /a, which move[0] removes before it. " + IN_ORDER + "."),
                Arguments.of(
                        new Inputs(null, List.of(pair("/a", "/b")), List.of("/b")),
                        "move delete",
                        "delete[0] is /b, where move[0] puts something before it. " + IN_ORDER
                                + ": put delete before move."));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatItCannotDoAndNamesTheInput(Inputs inputs, String order, String message) {
        assertEquals(
                message,
                assertThrows(ValidationException.class, () -> plan(inputs, order))
                        .getMessage());
    }

    @Test
    void theListsAreDoneInTheOrderOfTheJob() throws Exception {
        Inputs inputs = new Inputs(List.of(pair("/b", "/c")), List.of(pair("/d", "/e")), List.of("/a", "/e"));

        assertEquals(
                List.of("delete[0]", "delete[1]", "move[0]", "copy[0]"),
                plan(inputs, "delete move copy").steps().stream()
                        .map(Step::input)
                        .toList());
    }

    @Test
    void whatAStepMakesMayBeUsedAndMovedOn() throws Exception {
        Inputs inputs = new Inputs(
                List.of(pair("/a", "/b")), List.of(pair("/a", "/c"), pair("/b", "/a")), List.of("/b", "/c/other"));

        assertEquals(5, plan(inputs, "copy move delete").steps().size());
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

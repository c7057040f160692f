package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Phase;
import dev.pawl.service.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of ends of jobs whose module misbehaves, with the same messages on a server and in a {@code JobHarness}. */
public abstract class ModuleEndsContract {

    private static final String GIVEN = "Ada";

    /** The inputs of the module. */
    public record Inputs(
            @Required String name,
            @Default("1") int count,
            @Secret @Nullable String token) {}

    /** The module under test, which runs the code that a test gives it. */
    @AutomationModule(id = "subject", name = "Subject", inputs = Inputs.class)
    public static final class Subject implements Module {
        private final Module behaviour;

        Subject(Module behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public void validate(TaskContext task) throws ValidationException {
            behaviour.validate(task);
        }

        @Override
        public void run(TaskContext task) throws Exception {
            behaviour.run(task);
        }

        @Override
        public void cleanup(TaskContext task) throws CleanupException {
            behaviour.cleanup(task);
        }
    }

    /**
     * The outcome of a job.
     *
     * @param refusal the code with which it was refused before it ran; null when it was accepted
     * @param failure the failure of the job; null when it completed or was refused
     * @param said the message of the refusal or the failure
     * @param results the JSON values of its stored results
     * @param lines the log lines of the module
     */
    public record End(
            @Nullable ProblemCode refusal,
            @Nullable Failure failure,
            String said,
            List<Map<String, Object>> results,
            List<String> lines) {}

    /** Runs a job of a module whose id is {@code subject} and whose inputs are {@link Inputs}. */
    protected abstract End end(Supplier<Module> maker, Map<String, Object> inputs);

    private End end(Module behaviour) {
        return end(() -> new Subject(behaviour), Map.of("name", GIVEN));
    }

    private static void assertFailed(Phase phase, String said, End end) {
        assertEquals(said, end.said());
        assertEquals(phase, end.failure() == null ? null : end.failure().phase());
    }

    private interface Validation extends Module {
        @Override
        default void run(TaskContext task) {
            task.emit(Map.of("ran", true));
        }
    }

    @Test
    void aValidationThatThrowsAnythingElseFailsTheJobBeforeItRuns() {
        End end = end(new Validation() {
            @Override
            public void validate(TaskContext task) {
                throw new IllegalArgumentException("odd name");
            }
        });
        assertFailed(Phase.VALIDATE, "java.lang.IllegalArgumentException: odd name", end);
        assertEquals(List.of(), end.results());
    }

    @Test
    void aMisspeltInputIsRefusedWithItsNameAndThoseThereAre() {
        End end = end(() -> new Subject(task -> {}), Map.of("name", GIVEN, "cuont", 3));
        assertEquals(ProblemCode.INVALID_INPUT, end.refusal());
        assertEquals("\"cuont\" is not an input of subject; there are name, count, token.", end.said());
    }

    @Test
    void aMissingInputAndOneOfAnotherKindAreRefused() {
        assertEquals(
                "name is missing; it takes a text.",
                end(() -> new Subject(task -> {}), Map.of()).said());
        assertEquals(
                "count is \"many\"; it takes an integer of 32 bits.",
                end(() -> new Subject(task -> {}), Map.of("name", GIVEN, "count", "many"))
                        .said());
    }

    @Test
    void aResultThatCannotBeJsonFailsTheRunWithItsPlace() {
        End end = end(task -> {
            task.emit(Map.of("n", 1));
            task.emit(Map.of("rows", List.of(1, Map.of("x", new Object()))));
        });
        assertFailed(
                Phase.RUN,
                "java.lang.IllegalArgumentException: The result cannot be kept as JSON: rows[1].x: a java.lang.Object has"
                        + " nothing that could be written; it takes records, beans, maps, lists, texts, numbers, booleans and"
                        + " times.",
                end);
        assertEquals(List.of(Map.of("n", 1)), end.results());
    }

    @Test
    void aResultThatHoldsItselfFailsTheRunWithItsPlace() {
        Map<String, Object> circle = new LinkedHashMap<>();
        circle.put("me", circle);
        End end = end(task -> task.emit(circle));
        assertTrue(
                end.said()
                        .startsWith("java.lang.IllegalArgumentException: The result cannot be kept as JSON: me: a"
                                + " java.util.LinkedHashMap holds itself"),
                end.said());
        assertFailed(Phase.RUN, end.said(), end);
    }

    @Test
    void aResultOfTwoMegabytesFailsTheRun() {
        assertFailed(
                Phase.RUN,
                "java.lang.IllegalArgumentException: The result is longer than 1,048,576 bytes as JSON, the most it takes.",
                end(task -> task.emit(Map.of("text", "x".repeat(2 << 20)))));
    }

    @Test
    void aCheckpointOfAThreadFailsTheRun() {
        assertFailed(
                Phase.RUN,
                "java.lang.IllegalArgumentException: The checkpoint cannot be kept as JSON: worker: a java.lang.Thread is no"
                        + " value; it takes records, beans, maps, lists, texts, numbers, booleans and times.",
                end(task -> task.checkpoint(Map.of("worker", new Thread()))));
    }

    @Test
    void aStackThatOverflowsFailsTheRun() {
        End end = end(task -> depth(0));
        assertFailed(Phase.RUN, "java.lang.StackOverflowError", end);
    }

    private static long depth(long n) {
        return n < 0 ? n : depth(n + 1) + 1;
    }

    @Test
    void aConstructorThatThrowsIsAFailureOfInitialization() {
        End end = end(
                () -> {
                    throw new InitializationException("No such database.");
                },
                Map.of("name", GIVEN));
        assertFailed(Phase.INITIALIZE, "No such database.", end);
    }

    @Test
    void aFailedCleanupFailsAGoodRunAndKeepsItsResults() {
        End end = end(new Validation() {
            @Override
            public void cleanup(TaskContext task) throws CleanupException {
                throw new CleanupException("A lock is left behind.");
            }
        });
        assertFailed(Phase.CLEANUP, "A lock is left behind.", end);
        assertEquals(List.of(Map.of("ran", true)), end.results());
    }

    @Test
    void aHugeMessageIsCutAndSaysSo() {
        End end = end(task -> {
            throw new RunException("x".repeat(4_000_000));
        });
        assertFailed(Phase.RUN, end.said(), end);
        assertTrue(end.said().matches("x+… \\[3,9\\d\\d,\\d{3} more characters were cut]"), end.said());
    }

    @Test
    void aSecretIsInNoLineAndNoFailure() {
        End end = end(
                () -> new Subject(task -> {
                    task.info("with " + task.inputs(Inputs.class).token());
                    throw new RunException(
                            "refused: " + task.inputs(Inputs.class).token());
                }),
                Map.of("name", GIVEN, "token", "open-sesame"));
        assertFailed(Phase.RUN, "refused: ********", end);
        assertEquals(List.of("with ********"), end.lines());
    }

    @Test
    void whatIsTakenIsTakenWithDefaults() {
        End end = end(task -> task.emit(task.inputs(Inputs.class)));
        assertEquals(
                List.of("[{count=1, name=Ada, token=null}]"),
                List.of(end.results().stream()
                        .map(java.util.TreeMap::new)
                        .toList()
                        .toString()));
    }
}

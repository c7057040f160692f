package dev.pawl.cli.project;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The source files of a new module: a module that does a step at a time and goes on where it stopped, and its test.
 *
 * @param names the names in it
 * @param inputs its inputs
 */
record ModuleSource(ProjectNames names, List<DeclaredInput> inputs) {

    private static final String API = "dev.pawl.api.module.";
    private static final int STEPS = 3;

    /** The module. */
    String module() {
        return """
                package %1$s;

                %2$s

                /** Does a step at a time, and goes on where it stopped: the place to begin with. */
                @Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
                @AutomationModule(
                        id = "%3$s",
                        name = "%4$s",
                        description = "Does %5$s steps, one result each.",
                        inputs = %6$s.Inputs.class)
                public final class %6$s implements Module {

                    /** The inputs of a task. Names, types, defaults and bounds are checked before the job runs, and shown to people. */
                    public record Inputs(%7$s) {}

                    @Override
                    public void run(TaskContext task) throws Exception {
                        %8$sint steps = %9$s;
                        for (int step = task.checkpoint("step", 0) + 1; step <= steps; step++) {
                            task.info("Step " + step + " of " + steps);
                            task.emit(Map.of("step", step%10$s));
                            task.checkpoint(Map.of("step", step)); // from here a job goes on after a kill, a stop or an update
                            task.progress(100.0 * step / steps, Map.of());
                        }
                    }
                }
                """.formatted(
                names.packageName(),
                imports(),
                names.id(),
                names.title(),
                counting().isPresent() ? "some" : String.valueOf(STEPS),
                names.className(),
                components(),
                counting().isPresent() || shown().isPresent()
                        ? "Inputs inputs = task.inputs(Inputs.class);\n        "
                        : "",
                counting().map(input -> "inputs." + input.component() + "()").orElse(String.valueOf(STEPS)),
                shown().map(input -> ", " + JavaText.of(input.name()) + ", inputs." + input.component() + "()")
                        .orElse(""));
    }

    /** Its test. */
    String test() {
        return """
                package %1$s;

                import dev.pawl.testkit.JobHarness;
                import dev.pawl.testkit.PawlTest;
                import java.util.List;
                import java.util.Map;
                import org.junit.jupiter.api.Test;

                /** Runs the module without a server, with the server's own code. */
                @PawlTest(%2$s.class)
                class %2$sTest {

                    private static final Map<String, Object> INPUTS = Map.%3$s;

                    @Test
                    void emitsAResultForEachStep(JobHarness job) {
                        job.inputs(INPUTS)
                                .run()
                                .isCompleted()
                                .hasResults(%4$s)
                                .hasReached(100);
                    }

                    @Test
                    void hasTheSameResultsWhereverItIsKilled(JobHarness job) {
                        job.inputs(INPUTS).resumesExactly();
                    }

                    @Test
                    void canBeStoppedAtEveryStep(JobHarness job) {
                        job.inputs(INPUTS).stopsAtEveryStep();
                    }

                    @Test
                    void answersWhateverAUserTypes(JobHarness job) {
                        job.inputs(INPUTS).answersAnyInput();
                    }
                }
                """.formatted(
                        names.packageName(),
                        names.className(),
                        samples(),
                        Stream.iterate(1, step -> step + 1)
                                .limit(STEPS)
                                .map(step -> "Map.of(\"step\", " + step
                                        + shown().map(input -> ", " + JavaText.of(input.name()) + ", " + sample(input))
                                                .orElse("")
                                        + ")")
                                .collect(Collectors.joining(", ")))
                .replace(usesList() ? "" : "import java.util.List;\n", "");
    }

    private boolean usesList() {
        return given().anyMatch(input -> input.kind() == InputKind.LIST);
    }

    private Optional<DeclaredInput> counting() {
        return inputs.stream().filter(DeclaredInput::canCount).findFirst();
    }

    private Optional<DeclaredInput> shown() {
        return inputs.stream().filter(DeclaredInput::canBeShown).findFirst();
    }

    private boolean counts(DeclaredInput input) {
        return counting().filter(input::equals).isPresent();
    }

    private String components() {
        return inputs.stream()
                .map(input -> "\n            " + input.declaration(counts(input)))
                .collect(Collectors.joining(","));
    }

    private String imports() {
        TreeSet<String> classes = new TreeSet<>(List.of(
                API + "AutomationModule",
                API + "Module",
                API + "TaskContext",
                "java.util.Map",
                "org.osgi.service.component.annotations.Component",
                "org.osgi.service.component.annotations.ServiceScope"));
        for (DeclaredInput input : inputs) {
            addIf(input.required(), API + "Required", classes);
            addIf(input.otherwise() != null, API + "Default", classes);
            addIf(counts(input), API + "Bounds", classes);
            addIf(input.kind() == InputKind.SECRET, API + "Secret", classes);
            addIf(!input.kind().imported().isEmpty(), input.kind().imported(), classes);
        }
        return classes.stream().map(name -> "import " + name + ";").collect(Collectors.joining("\n"));
    }

    private static void addIf(boolean used, String name, TreeSet<String> classes) {
        if (used) {
            classes.add(name);
        }
    }

    /** The inputs that the test gives: those that must be, and the number of steps. */
    private Stream<DeclaredInput> given() {
        return inputs.stream().filter(input -> input.required() || counts(input));
    }

    private String samples() {
        String entries = given().map(input -> "Map.entry(" + JavaText.of(input.name()) + ", "
                        + input.kind().sample() + ")")
                .collect(Collectors.joining(", "));
        return "ofEntries(" + entries + ")";
    }

    private static String sample(DeclaredInput input) {
        @Nullable String otherwise = input.otherwise();
        return otherwise == null ? input.kind().sample() : JavaText.of(otherwise);
    }
}

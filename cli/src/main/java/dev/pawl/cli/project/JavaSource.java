package dev.pawl.cli.project;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The source files of a new module in Java.
 *
 * @param names the names in it
 * @param inputs its inputs
 */
record JavaSource(ProjectNames names, DeclaredInputs inputs) implements ModuleSource {

    private static final String API = "dev.pawl.api.module.";

    @Override
    public String language() {
        return "java";
    }

    @Override
    public String module() {
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
                        inputs.counting().isPresent() ? "some" : String.valueOf(DeclaredInputs.STEPS),
                        names.className(),
                        components(),
                        inputs.counting().isPresent() || inputs.shown().isPresent()
                                ? "Inputs inputs = task.inputs(Inputs.class);\n        "
                                : "",
                        inputs.counting()
                                .map(input -> "inputs." + input.component() + "()")
                                .orElse(String.valueOf(DeclaredInputs.STEPS)),
                        inputs.shown()
                                .map(input -> ", " + JavaText.of(input.name()) + ", inputs." + input.component() + "()")
                                .orElse(""));
    }

    @Override
    public String test() {
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
                                .limit(DeclaredInputs.STEPS)
                                .map(step -> "Map.of(\"step\", " + step
                                        + inputs.shown()
                                                .map(input -> ", " + JavaText.of(input.name()) + ", " + sample(input))
                                                .orElse("")
                                        + ")")
                                .collect(Collectors.joining(", ")))
                .replace(usesList() ? "" : "import java.util.List;\n", "");
    }

    private boolean usesList() {
        return inputs.given().anyMatch(input -> input.kind() == InputKind.LIST);
    }

    private String components() {
        return inputs.all().stream()
                .map(input -> "\n            " + input.declaration(inputs.isCounted(input)))
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
        for (DeclaredInput input : inputs.all()) {
            addIf(input.required(), API + "Required", classes);
            addIf(input.otherwise() != null, API + "Default", classes);
            addIf(inputs.isCounted(input), API + "Bounds", classes);
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

    private String samples() {
        String entries = inputs.given()
                .map(input -> "Map.entry(" + JavaText.of(input.name()) + ", "
                        + input.kind().sample() + ")")
                .collect(Collectors.joining(", "));
        return "ofEntries(" + entries + ")";
    }

    private static String sample(DeclaredInput input) {
        @Nullable String otherwise = input.otherwise();
        return otherwise == null ? input.kind().sample() : JavaText.of(otherwise);
    }
}

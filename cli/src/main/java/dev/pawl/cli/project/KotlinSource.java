package dev.pawl.cli.project;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The source files of a new module in Kotlin.
 *
 * @param names the names in it
 * @param inputs its inputs
 */
record KotlinSource(ProjectNames names, DeclaredInputs inputs) implements ModuleSource {

    private static final String API = "dev.pawl.api.module.";

    @Override
    public String language() {
        return "kotlin";
    }

    @Override
    public String ending() {
        return "kt";
    }

    @Override
    public String module() {
        return """
                package %1$s

                %2$s

                /** Does a step at a time, and goes on where it stopped: the place to begin with. */
                @Component(service = [Module::class], scope = ServiceScope.PROTOTYPE)
                @AutomationModule(
                    id = "%3$s",
                    name = "%4$s",
                    description = "Does %5$s steps, one result each."%6$s
                )
                class %7$s : Module {
                %8$s
                    override fun run(task: TaskContext) {
                        %9$sval steps = %10$s
                        for (step in task.checkpoint("step", 0) + 1..steps) {
                            task.info("Step $step of $steps")
                            task.emit(mapOf("step" to step%11$s))
                            task.checkpoint(mapOf("step" to step)) // from here a job goes on after a kill, a stop or an update
                            task.progress(100.0 * step / steps, mapOf<String, Any>())
                        }
                    }
                }
                """.formatted(
                        names.packageName(),
                        imports(),
                        names.id(),
                        names.title(),
                        inputs.counting().isPresent() ? "some" : String.valueOf(DeclaredInputs.STEPS),
                        inputs.all().isEmpty() ? "" : ",\n    inputs = " + names.className() + ".Inputs::class",
                        names.className(),
                        inputs.all().isEmpty() ? "" : declarations(),
                        inputs.areRead() ? "val inputs = task.inputs(Inputs::class.java)\n        " : "",
                        inputs.counting()
                                .map(input -> "inputs." + input.component())
                                .orElse(String.valueOf(DeclaredInputs.STEPS)),
                        inputs.shown()
                                .map(input -> ", " + KotlinText.of(input.name()) + " to inputs." + input.component())
                                .orElse(""));
    }

    /** Kotlin has no empty data classes, so a module without inputs has no such class. */
    private String declarations() {
        String components = inputs.all().stream()
                .map(input -> "        " + declaration(input))
                .collect(Collectors.joining(",\n"));
        return """

                    /** The inputs of a task. Names, types, defaults and bounds are checked before the job runs, and shown to people. */
                    @JvmRecord
                    data class Inputs(
                %s
                    )
                """.formatted(components);
    }

    private String declaration(DeclaredInput input) {
        boolean always = input.required() || input.otherwise() != null || input.kind() == InputKind.BOOLEAN;
        return (input.required() ? "@param:Required " : "")
                + (input.otherwise() == null ? "" : "@param:Default(" + KotlinText.of(input.otherwise()) + ") ")
                + (inputs.isCounted(input) ? "@param:Bounds(min = 1, max = 1_000) " : "")
                + (input.kind() == InputKind.SECRET ? "@param:Secret " : "")
                + "val " + input.component() + ": " + type(input.kind()) + (always ? "" : "?");
    }

    private static String type(InputKind kind) {
        return switch (kind) {
            case INTEGER -> "Int";
            case BOOLEAN -> "Boolean";
            case NUMBER -> "Double";
            case JSON -> "Map<String, Any>";
            case TEXT, SECRET, LIST, DURATION, DATE, PATH, URI -> kind.type(true);
        };
    }

    private String imports() {
        Set<String> classes = new TreeSet<>(List.of(
                API + "AutomationModule",
                API + "Module",
                API + "TaskContext",
                "org.osgi.service.component.annotations.Component",
                "org.osgi.service.component.annotations.ServiceScope"));
        for (DeclaredInput input : inputs.all()) {
            addIf(input.required(), API + "Required", classes);
            addIf(input.otherwise() != null, API + "Default", classes);
            addIf(inputs.isCounted(input), API + "Bounds", classes);
            addIf(input.kind() == InputKind.SECRET, API + "Secret", classes);
            String imported = input.kind().imported();
            addIf(!imported.isEmpty() && !imported.startsWith("java.util."), imported, classes);
        }
        return classes.stream().map(name -> "import " + name).collect(Collectors.joining("\n"));
    }

    private static void addIf(boolean used, String name, Set<String> classes) {
        if (used) {
            classes.add(name);
        }
    }

    @Override
    public String test() {
        return """
                package %1$s

                import dev.pawl.testkit.JobHarness
                import dev.pawl.testkit.PawlTest
                import org.junit.jupiter.api.Test

                /** Runs the module without a server, with the server's own code. */
                @PawlTest(%2$s::class)
                class %2$sTest {

                    private val inputs = mapOf<String, Any>(%3$s)

                    @Test
                    fun emitsAResultForEachStep(job: JobHarness) {
                        job.inputs(inputs)
                            .run()
                            .isCompleted()
                            .hasResults(%4$s)
                            .hasReached(100.0)
                    }

                    @Test
                    fun hasTheSameResultsWhereverItIsKilled(job: JobHarness) {
                        job.inputs(inputs).resumesExactly()
                    }

                    @Test
                    fun canBeStoppedAtEveryStep(job: JobHarness) {
                        job.inputs(inputs).stopsAtEveryStep()
                    }

                    @Test
                    fun answersWhateverAUserTypes(job: JobHarness) {
                        job.inputs(inputs).answersAnyInput()
                    }
                }
                """.formatted(
                        names.packageName(),
                        names.className(),
                        inputs.given()
                                .map(input -> KotlinText.of(input.name()) + " to " + sample(input.kind()))
                                .collect(Collectors.joining(", ")),
                        IntStream.rangeClosed(1, DeclaredInputs.STEPS)
                                .mapToObj(this::result)
                                .collect(Collectors.joining(", ")));
    }

    private String result(int step) {
        return "mapOf(\"step\" to " + step
                + inputs.shown()
                        .map(input -> ", " + KotlinText.of(input.name()) + " to " + shownValue(input))
                        .orElse("")
                + ")";
    }

    private static String shownValue(DeclaredInput input) {
        @Nullable String otherwise = input.otherwise();
        return otherwise == null ? sample(input.kind()) : KotlinText.of(otherwise);
    }

    private static String sample(InputKind kind) {
        return switch (kind) {
            case LIST -> "listOf(\"one\", \"two\")";
            case JSON -> "mapOf(\"key\" to 1)";
            case TEXT, INTEGER, NUMBER, BOOLEAN, SECRET, DURATION, DATE, PATH, URI -> kind.sample();
        };
    }
}

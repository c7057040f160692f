package dev.pawl.samples.command;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.process.Exit;
import dev.pawl.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The checked call of a task. */
final class Call {

    private static final Duration MOST_GRACE = Duration.ofSeconds(60);
    private static final Duration MOST_TIME = Duration.ofDays(365);
    private static final String ARTIFACTS = "artifacts";

    private final CommandModule.Inputs inputs;
    private final CommandModule.Settings settings;
    private final Path executable;
    private final @Nullable Path folder;

    private Call(TaskContext task) throws ValidationException {
        inputs = task.inputs(CommandModule.Inputs.class);
        settings = task.settings(CommandModule.Settings.class);
        executable = new AllowedPrograms(orEmpty(settings.allowedPrograms())).find(inputs.program());
        for (String argument : orEmpty(inputs.arguments())) {
            requireText("arguments", argument);
        }
        new Variables(orEmpty(settings.allowedVariables())).check(orEmpty(inputs.environment()));
        folder = inputs.folder() == null
                ? null
                : NamedFiles.of(task, settings.root()).targetFolder("folder", inputs.folder());
        requireWithin("grace", inputs.grace(), Duration.ZERO, MOST_GRACE);
        if (inputs.timeout() != null) {
            requireWithin("timeout", inputs.timeout(), Duration.ofMillis(1), MOST_TIME);
        }
    }

    /**
     * Checks the inputs of a task.
     *
     * @throws ValidationException names the input, its value, and what to do
     */
    static Call of(TaskContext task) throws ValidationException {
        return new Call(task);
    }

    /** The program as the job names it. */
    String name() {
        return inputs.program();
    }

    boolean repeats() {
        return inputs.repeat();
    }

    boolean isJsonLines() {
        return inputs.output() == CommandModule.OutputMode.JSON_LINES;
    }

    boolean isSuccess(Exit exit) {
        return !exit.timedOut() && inputs.successCodes().contains(exit.code());
    }

    /** The call as a program; what it writes to the folder {@code artifacts} of its work folder is kept with the job. */
    Program program(TaskContext task) throws IOException {
        Path workDir = task.workDir();
        Path artifacts = Files.createDirectories(workDir.resolve(ARTIFACTS));
        Map<String, String> environment = new HashMap<>(orEmpty(settings.secretEnvironment()));
        environment.putAll(orEmpty(inputs.environment()));
        environment.put("PAWL_JOB_ID", task.jobId());
        environment.put("PAWL_ARTIFACTS", artifacts.toString());
        Program program = Program.of(executable, orEmpty(inputs.arguments()))
                .folder(folder == null ? workDir : folder)
                .environment(environment)
                .grace(inputs.grace());
        if (inputs.timeout() != null) {
            program = program.limit(inputs.timeout());
        }
        if (inputs.input() == null) {
            return program;
        }
        Path input = workDir.resolve("input-" + task.taskIndex());
        return program.input(Files.writeString(input, inputs.input()));
    }

    private static void requireText(String input, String value) throws ValidationException {
        if (value.indexOf('\0') >= 0) {
            throw new ValidationException(input + " has \"" + value.replace('\0', '␀')
                    + "\" with a NUL character, which no program can be given.");
        }
    }

    private static void requireWithin(String input, Duration value, Duration least, Duration most)
            throws ValidationException {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ValidationException(input + " is " + value.toMillis() + "ms; it takes " + least.toMillis()
                    + "ms to " + most.toSeconds() + "s.");
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }
}

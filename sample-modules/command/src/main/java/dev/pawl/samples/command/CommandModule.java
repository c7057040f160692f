package dev.pawl.samples.command;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.process.Exit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Runs one program that an admin has allowed, without a shell; its output becomes log lines or results. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "command",
        name = "Command",
        description = "Runs a program that an admin has allowed, with arguments, environment and input.",
        capabilities = {"command", "program", "sample"},
        enabled = false,
        inputs = CommandModule.Inputs.class,
        settings = CommandModule.Settings.class)
public final class CommandModule implements Module {

    /**
     * The call.
     *
     * @param program a name on the PATH or an absolute path
     * @param arguments passed as they are, without a shell
     * @param environment variables to set
     * @param folder the working folder; the job's work folder otherwise
     * @param input text for its standard input
     * @param successCodes the exit codes that count as success
     * @param output how lines of standard output are taken
     * @param timeout the longest time, such as {@code 10m}
     * @param grace the time between SIGTERM and SIGKILL when it has to end
     * @param repeat whether a run that was interrupted is begun again
     */
    public record Inputs(
            @Required @Description("The program: a name on the server's PATH, or an absolute path.")
            String program,

            @Description("Its arguments, one by one; no shell reads them.") @Nullable
            List<String> arguments,

            @Description("Environment variables for it.") @Nullable
            Map<String, String> environment,

            @Description("Its working folder, in the module's roots; the job's work folder when not given.") @Nullable
            String folder,

            @Description("Text for its standard input, in UTF-8.") @Nullable
            String input,

            @Default("[0]") @Description("The exit codes that count as success.")
            List<Integer> successCodes,

            @Default("log")
            @Description(
                    "How lines of its standard output are taken: log, or json_lines, where each line that is a JSON object becomes a result.")
            OutputMode output,

            @Description("How long it may run, such as 30s or 10m; without limit when not given.") @Nullable
            Duration timeout,

            @Default("2s") @Description("How long it has after SIGTERM before it is killed, at most 60s.")
            Duration grace,

            @Default("true")
            @Description(
                    "Whether it is run again when the server stopped or died in the middle; otherwise the job fails then.")
            boolean repeat) {}

    /** The uses of a line of standard output. */
    public enum OutputMode {
        /** Each line is a line of the job's log. */
        LOG,
        /** Each JSON object is a result, other lines are lines of the job's log. */
        JSON_LINES
    }

    /**
     * The limits of the module.
     *
     * @param allowedPrograms names, absolute paths, or folders that end with a slash
     * @param allowedVariables variables that are refused otherwise
     * @param secretEnvironment variables for each program, masked in logs
     * @param root the folder of relative names
     */
    public record Settings(
            @AdminOnly
            @Description(
                    "The programs that jobs may run: names on the PATH, absolute paths, or folders that end with a slash.")
            @Nullable
            List<String> allowedPrograms,

            @AdminOnly
            @Description(
                    "Variables that jobs may set although they change which code a program runs, such as LD_PRELOAD.")
            @Nullable
            List<String> allowedVariables,

            @AdminOnly
            @Secret
            @Description("Variables for each program, such as credentials; masked in logs.")
            @Nullable
            Map<String, String> secretEnvironment,

            @Description("The folder against which a relative working folder is taken.") @Nullable
            String root) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        Call.of(task);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Call call = Call.of(task);
        if (task.checkpoint("begun", false) && !call.repeats()) {
            throw new RunException("The program " + call.name()
                    + " was interrupted in an earlier run and is not run again, since repeat is false.");
        }
        task.checkpoint(Map.of("begun", true));
        OutputLines lines = new OutputLines(task, call.isJsonLines());
        long begun = System.nanoTime();
        Exit exit = call.program(task).run(task, lines);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!call.isSuccess(exit)) {
            throw new RunException("The program " + call.name() + " " + exit.sentence());
        }
        task.info(call.name() + " ended with exit code " + exit.code() + ".");
        if (!call.isJsonLines()) {
            task.emit(Map.of(
                    "program", call.name(),
                    "exit_code", exit.code(),
                    "seconds", Math.round(seconds * 1_000) / 1_000.0,
                    "lines", lines.count()));
        }
        task.progress(100, Map.of("lines", lines.count()));
    }
}

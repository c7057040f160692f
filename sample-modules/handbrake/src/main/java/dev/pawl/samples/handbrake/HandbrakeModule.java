package dev.pawl.samples.handbrake;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.file.WholeFile;
import dev.pawl.process.Exit;
import dev.pawl.process.Program;
import dev.pawl.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Encodes a file with HandBrakeCLI into one that appears when it is whole. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "handbrake",
        name = "HandBrake",
        description = "Encodes video and sound with HandBrakeCLI.",
        capabilities = {"files", "media", "program", "sample"},
        enabled = false,
        inputs = HandbrakeModule.Inputs.class,
        settings = HandbrakeModule.Settings.class)
public final class HandbrakeModule implements Module {

    private static final String PROGRAM = "HandBrakeCLI";

    /**
     * The files and the options, in the sections of HandBrake's own documentation.
     *
     * @param source a media file, or the folder of a disc
     * @param outputFile the file to write; one that is there is replaced
     * @param options options of any section, and general ones such as {@code preset}
     */
    public record Inputs(
            @Required @Description("A media file, or the folder of a disc.")
            String source,

            @Required @Description("The file to write; one that is there is replaced.")
            String outputFile,

            @Default("{}") @Description("Options of the section Source.")
            Map<String, @Nullable Object> sourceOptions,

            @Default("{}") @Description("Options of the section Destination.")
            Map<String, @Nullable Object> destinationOptions,

            @Default("{}") @Description("Options of the section Video.")
            Map<String, @Nullable Object> videoOptions,

            @Default("{}") @Description("Options of the section Audio.")
            Map<String, @Nullable Object> audioOptions,

            @Default("{}") @Description("Options of the section Picture.")
            Map<String, @Nullable Object> pictureOptions,

            @Default("{}") @Description("Options of the section Filters.")
            Map<String, @Nullable Object> filtersOptions,

            @Default("{}") @Description("Options of the section Subtitles.")
            Map<String, @Nullable Object> subtitlesOptions,

            @Default("{}") @Description("Options of any section, and general ones such as preset.")
            Map<String, @Nullable Object> options) {}

    /**
     * The settings.
     *
     * @param root the folder against which relative paths are taken
     * @param handbrakecli the path of the program
     */
    public record Settings(
            @Description("The folder against which relative paths are taken; without it they are refused.") @Nullable
            String root,

            @AdminOnly
            @Description("The path of HandBrakeCLI, when it is not in a folder of the server's PATH.")
            @Nullable
            String handbrakecli) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        arguments(task, target(task));
        program(task);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Path target = target(task);
        if (!WholeFile.finish(task, target)) {
            encode(task, target);
        }
        task.emit(Map.of("output_file", target.toString(), "size", Files.size(target)));
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            WholeFile.removeLeftover(task, target(task));
        } catch (ValidationException neverRan) {
            // then nothing was begun either
        } catch (IOException e) {
            throw new CleanupException("A half-made file could not be removed: " + e.getMessage(), e);
        }
    }

    private static void encode(TaskContext task, Path target)
            throws IOException, InterruptedException, RunException, ValidationException {
        try (WholeFile file = WholeFile.of(task, target)) {
            HandbrakeOutput output = new HandbrakeOutput(task);
            Exit exit = Program.of(program(task).path(), arguments(task, file.temporary()))
                    .folder(task.workDir())
                    .environment(
                            Map.of("TMPDIR", task.workDir().toString())) // what a killed one leaves goes with the job
                    .run(task, output);
            // it also ends with 0 when it knows an option or an encoder not and does nothing
            if (!exit.isSuccess() || !output.isDone() || !Files.exists(file.temporary())) {
                throw new RunException(PROGRAM + " " + output.reason(exit));
            }
            output.finish();
            file.publish();
        }
    }

    private static Tool program(TaskContext task) throws ValidationException {
        return Tool.find(PROGRAM, task.settings(Settings.class).handbrakecli(), "handbrake-cli");
    }

    private static Path target(TaskContext task) throws ValidationException {
        Inputs inputs = task.inputs(Inputs.class);
        NamedFiles named = NamedFiles.of(task, task.settings(Settings.class).root());
        Path target = named.target("output_file", inputs.outputFile(), true);
        if (named.path("source", inputs.source()).equals(named.path("output_file", inputs.outputFile()))) {
            throw new ValidationException(
                    "output_file is \"" + inputs.outputFile() + "\", which is the source, too; give it another name.");
        }
        return target;
    }

    private static List<String> arguments(TaskContext task, Path output) throws ValidationException {
        NamedFiles named = NamedFiles.of(task, task.settings(Settings.class).root());
        SourceFile sources = new SourceFile(task, named);
        return HandbrakeArguments.of(task.inputs(Inputs.class), sources::find, sources::file, output);
    }
}

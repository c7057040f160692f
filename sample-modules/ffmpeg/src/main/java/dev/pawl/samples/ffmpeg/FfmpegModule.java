package dev.pawl.samples.ffmpeg;

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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Encodes streams of media files into a new file with FFmpeg; the file has its name only when it is whole. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "ffmpeg",
        name = "FFmpeg",
        description = "Encodes video, audio and subtitles with FFmpeg.",
        capabilities = {"encode", "media", "video", "audio"},
        enabled = false,
        inputs = FfmpegModule.Inputs.class,
        settings = FfmpegModule.Settings.class)
public final class FfmpegModule implements Module {

    /**
     * The encode to make.
     *
     * @param inputOptions options that stand before the first source
     * @param sources the files to read
     * @param sourceMaps the streams of the sources that go into the output file, in its order
     * @param outputMaps the options for the streams of the output file
     * @param outputFile the file to make
     * @param overwrite whether a file of that name is replaced
     */
    public record Inputs(
            @Description("Options of FFmpeg that stand before the first source, such as ss, to or t.") @Nullable
            Map<String, @Nullable Object> inputOptions,

            @Required @Description("The files to read.") List<String> sources,

            @Required @Description("The streams of the sources that go into the output file, in its order.")
            List<SourceMap> sourceMaps,

            @Required @Description("The options for the streams of the output file.")
            List<OutputMap> outputMaps,

            @Required @Description("The file to make; its ending chooses the format.")
            String outputFile,

            @Default("false") @Description("Whether a file of that name is replaced.")
            boolean overwrite) {

        Map<String, @Nullable Object> inputOptionsOrNone() {
            return Objects.requireNonNullElse(inputOptions, Map.of());
        }
    }

    /**
     * The settings.
     *
     * @param ffmpeg the program
     * @param ffprobe the program
     * @param root the folder of relative paths
     */
    public record Settings(
            @AdminOnly @Description("The absolute path of ffmpeg, when it is not the one on the PATH.") @Nullable
            String ffmpeg,

            @AdminOnly @Description("The absolute path of ffprobe, when it is not the one on the PATH.") @Nullable
            String ffprobe,

            @Description("The folder of relative paths; it must lie in the roots of the module.") @Nullable
            String root) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        FfmpegTools tools = FfmpegTools.find(task.settings(Settings.class));
        try {
            new Encode(task, Order.of(task), tools).validate();
        } catch (IOException e) {
            throw new ValidationException("ffprobe could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ValidationException("The thread was interrupted while ffprobe examined the sources.", e);
        }
    }

    @Override
    public void run(TaskContext task) throws Exception {
        try {
            FfmpegTools tools = FfmpegTools.find(task.settings(Settings.class));
            new Encode(task, Order.of(task), tools).run();
        } catch (ValidationException e) { // the files are other ones than before the job began
            throw new RunException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            NamedFiles files = NamedFiles.of(task, task.settings(Settings.class).root());
            String output = task.inputs(Inputs.class).outputFile();
            WholeFile.removeLeftover(task, task.files().entry(files.path("output_file", output)));
        } catch (ValidationException neverRan) {
            // then there is nothing to remove either
        } catch (IOException e) {
            throw new CleanupException("The unfinished file could not be removed: " + e, e);
        }
    }
}

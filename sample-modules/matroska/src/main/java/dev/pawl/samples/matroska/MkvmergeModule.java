package dev.pawl.samples.matroska;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
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
import dev.pawl.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Muxes tracks, options and attachments of several files into one Matroska file, which appears when it is whole. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "mkvmerge",
        name = "mkvmerge",
        description = "Muxes tracks of several files into a Matroska file.",
        capabilities = {"files", "media", "program", "sample"},
        enabled = false,
        inputs = MkvmergeModule.Inputs.class,
        settings = MkvmergeModule.Settings.class)
public final class MkvmergeModule implements Module {

    /** The Debian package of both programs. */
    static final String PACKAGE = "mkvtoolnix";

    /**
     * The parts of the file and its name.
     *
     * @param sources the files to take tracks from
     * @param tracks the tracks, in the order in which the output has them
     * @param options the options that hold for the whole output
     * @param attachments files to attach
     * @param attachmentDirectories folders whose files are attached
     * @param outputFile the file to write; one that is there is replaced
     */
    public record Inputs(
            @Required @Description("The files to take tracks from.")
            List<Source> sources,

            @Default("[]") @Description("The tracks to take, in the order in which the output has them.")
            List<SourceTrack> tracks,

            @Default("{}") @Description("Options of mkvmerge for the whole output; null for one without a value.")
            Map<String, @Nullable Object> options,

            @Default("[]") @Description("Files to attach, such as fonts.")
            List<Attachment> attachments,

            @Default("[]") @Description("Folders whose files are attached, without their subfolders.")
            List<String> attachmentDirectories,

            @Required @Description("The Matroska file to write; one that is there is replaced.")
            String outputFile) {}

    /**
     * A file to take tracks from.
     *
     * @param options options of mkvmerge for this source, and {@code _copy-video-tracks} and its like, which take all tracks of a type
     */
    public record Source(
            @Required @Description("A file that mkvmerge can read.")
            String filename,

            @Default("{}")
            @Description(
                    "Options of mkvmerge for this source; _copy-video-tracks and its like take all tracks of a type.")
            Map<String, @Nullable Object> options) {}

    /** A track of a source. */
    public record SourceTrack(
            @Required @Bounds(min = 0) @Description("The place of the source in sources, from 0.")
            int source,

            @Required @Bounds(min = 0) @Description("The id of the track in the source, from 0.")
            int track,

            @Default("{}") @Description("Options of mkvmerge for this track, without its id.")
            Map<String, @Nullable Object> options) {}

    /**
     * A file to attach.
     *
     * @param mimeType its media type; mkvmerge determines it when it is not given
     * @param mimetype another spelling of the same
     */
    public record Attachment(
            @Required @Description("The file to attach.") String filename,

            @Description("The name of the attachment; that of the file when it is not given.") @Nullable
            String name,

            @Description("Its media type; determined by mkvmerge when it is not given.") @Nullable
            String mimeType,

            @Description("Another spelling of mime_type.") @Nullable
            String mimetype) {

        /** The given type, or nothing. */
        String type() {
            return mimeType == null ? Objects.requireNonNullElse(mimetype, "") : mimeType;
        }
    }

    /**
     * The settings.
     *
     * @param root the folder against which relative paths are taken
     * @param mkvmerge the path of the program
     */
    public record Settings(
            @Description("The folder against which relative paths are taken; without it they are refused.") @Nullable
            String root,

            @AdminOnly @Description("The path of mkvmerge, when it is not in a folder of the server's PATH.") @Nullable
            String mkvmerge) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        Inputs inputs = task.inputs(Inputs.class);
        Settings settings = task.settings(Settings.class);
        Tool mkvmerge = Tool.find("mkvmerge", settings.mkvmerge(), PACKAGE);
        NamedFiles named = NamedFiles.of(task, settings.root());
        MuxArguments.of(inputs, SourceFiles.beforeTheJob(task, mkvmerge, named, inputs), target(inputs, named));
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Inputs inputs = task.inputs(Inputs.class);
        Settings settings = task.settings(Settings.class);
        Tool mkvmerge = Tool.find("mkvmerge", settings.mkvmerge(), PACKAGE);
        NamedFiles named = NamedFiles.of(task, settings.root());
        Path target = target(inputs, named);
        if (!WholeFile.finish(task, target)) {
            mux(task, mkvmerge, SourceFiles.ofRun(task, mkvmerge, named, inputs), target);
        }
        Identification made = new Mkvtoolnix(task).identify(mkvmerge, target);
        task.emit(Map.of(
                "output_file",
                target.toString(),
                "size",
                Files.size(target),
                "tracks",
                made.tracks().stream().map(Identification.Track::result).toList(),
                "attachments",
                made.attachments().size()));
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        Leftovers.remove(
                task,
                task.settings(Settings.class).root(),
                task.inputs(Inputs.class).outputFile());
    }

    private static void mux(TaskContext task, Tool mkvmerge, SourceFiles files, Path target)
            throws IOException, InterruptedException, RunException, ValidationException {
        try (WholeFile output = WholeFile.of(task, target)) {
            List<String> arguments = MuxArguments.of(task.inputs(Inputs.class), files, output.temporary());
            new Mkvtoolnix(task).run(mkvmerge, arguments);
            output.publish();
        }
    }

    /** The place of the output, which is none of the sources: those would be replaced. */
    private static Path target(Inputs inputs, NamedFiles named) throws ValidationException {
        Path target = named.target("output_file", inputs.outputFile(), true);
        for (int source = 0; source < inputs.sources().size(); source++) {
            String name = inputs.sources().get(source).filename();
            if (named.source("sources[" + source + "].filename", name).equals(target)) {
                throw new ValidationException("output_file is \"" + inputs.outputFile() + "\", which sources[" + source
                        + "].filename names, too; give the output another name.");
            }
        }
        return target;
    }
}

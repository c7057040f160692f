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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Extracts tracks, attachments, chapters, tags, timestamps and cues of a Matroska file, each into a file that appears when it is whole. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "mkvextract",
        name = "mkvextract",
        description = "Extracts tracks, attachments, chapters, tags, timestamps and cues of a Matroska file.",
        capabilities = {"files", "media", "program", "sample"},
        enabled = false,
        inputs = MkvextractModule.Inputs.class,
        settings = MkvextractModule.Settings.class)
public final class MkvextractModule implements Module {

    /**
     * The source, and the parts of it to write. Files that are there are replaced.
     *
     * @param source a Matroska file
     */
    public record Inputs(
            @Required @Description("A Matroska file.") String source,

            @Default("[]") @Description("The tracks to extract.")
            List<WantedTrack> tracks,

            @Default("[]") @Description("The attachments to extract, by their ids from 1; 0 is the first.")
            List<Item> attachments,

            @Description("The XML file for the chapters.") @Nullable
            String chapters,

            @Description("The XML file for the tags.") @Nullable
            String tags,

            @Default("[]") @Description("Files for the timestamps of tracks, by the tracks' ids from 0.")
            List<Item> timestamps,

            @Default("[]") @Description("Files for the cues (the index) of tracks, by the tracks' ids from 0.")
            List<Item> cues) {

        /** The names of all files to write. */
        List<String> filenames() {
            List<String> all = new ArrayList<>();
            tracks.forEach(track -> all.add(track.filename()));
            Stream.of(attachments, timestamps, cues).flatMap(List::stream).forEach(item -> all.add(item.filename()));
            Stream.of(chapters, tags).filter(Objects::nonNull).forEach(all::add);
            return all;
        }
    }

    /**
     * A track to extract.
     *
     * @param id its place, from 0, among the tracks of the given type and language
     */
    public record WantedTrack(
            @Required @Bounds(min = 0) @Description("Its place, from 0, among the tracks of the type and language.")
            int id,

            @Description("video, audio, subtitles or buttons; any type when it is not given.") @Nullable
            String trackType,

            @Description("Its language, such as jpn or ja; any language when it is not given.") @Nullable
            String language,

            @Required @Description("The file to write.") String filename) {

        /** The track in words, for an error. */
        String description() {
            return "the track " + id
                    + (trackType == null && language == null ? "" : " of those")
                    + (trackType == null ? "" : " of the type " + trackType)
                    + (language == null ? "" : " in " + language);
        }
    }

    /** A part of the source, by its id, and the file for it. */
    public record Item(
            @Required @Bounds(min = 0) @Description("The id.")
            int id,

            @Required @Description("The file to write.") String filename) {}

    /**
     * The settings.
     *
     * @param root the folder against which relative paths are taken
     */
    public record Settings(
            @Description("The folder against which relative paths are taken; without it they are refused.") @Nullable
            String root,

            @AdminOnly
            @Description("The path of mkvextract, when it is not in a folder of the server's PATH.")
            @Nullable
            String mkvextract,

            @AdminOnly
            @Description(
                    "The path of mkvmerge, which describes the source, when it is not in a folder of the server's PATH.")
            @Nullable
            String mkvmerge) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        extracts(task, false);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        List<Extract> all = extracts(task, true);
        List<Extract> missing = new ArrayList<>();
        for (Extract extract : all) {
            if (!WholeFile.finish(task, extract.target())) {
                missing.add(extract);
            }
        }
        if (!missing.isEmpty()) {
            write(task, missing);
        }
        for (Extract extract : all) {
            if (WholeFile.finish(task, extract.target())) {
                task.emit(extract.result(Files.size(extract.target())));
            }
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        Inputs inputs = task.inputs(Inputs.class);
        String root = task.settings(Settings.class).root();
        for (String filename : inputs.filenames()) {
            Leftovers.remove(task, root, filename);
        }
        for (WantedTrack track : inputs.tracks()) {
            Leftovers.remove(task, root, VobSub.index(track.filename()));
            Leftovers.remove(task, root, VobSub.pictures(track.filename()));
        }
    }

    private static List<Extract> extracts(TaskContext task, boolean sourceIsThere) throws ValidationException {
        Inputs inputs = task.inputs(Inputs.class);
        Settings settings = task.settings(Settings.class);
        Tool.find("mkvextract", settings.mkvextract(), MkvmergeModule.PACKAGE);
        Tool mkvmerge = Tool.find("mkvmerge", settings.mkvmerge(), MkvmergeModule.PACKAGE);
        NamedFiles named = NamedFiles.of(task, settings.root());
        Path source = named.source("source", inputs.source());
        Optional<Identification> contents = sourceIsThere || named.isThere(source)
                ? Optional.of(new Mkvtoolnix(task).examine(mkvmerge, "source", inputs.source(), source))
                : Optional.empty();
        if (contents.isPresent() && !contents.get().isMatroska()) {
            throw new ValidationException("source is \"" + inputs.source()
                    + "\", which is no Matroska file; mux it into one with the module mkvmerge first.");
        }
        return Extraction.of(inputs, named, contents);
    }

    private static void write(TaskContext task, List<Extract> extracts)
            throws IOException, InterruptedException, RunException, ValidationException {
        Inputs inputs = task.inputs(Inputs.class);
        Settings settings = task.settings(Settings.class);
        Path source = NamedFiles.of(task, settings.root()).source("source", inputs.source());
        Map<Extract, WholeFile> files = new LinkedHashMap<>();
        try {
            Map<Extract, Path> outputs = new LinkedHashMap<>();
            for (Extract extract : extracts) {
                WholeFile file = WholeFile.of(task, extract.target());
                files.put(extract, file);
                outputs.put(extract, file.temporary());
            }
            Tool mkvextract = Tool.find("mkvextract", settings.mkvextract(), MkvmergeModule.PACKAGE);
            new Mkvtoolnix(task).run(mkvextract, Extraction.arguments(source, outputs));
            publish(task, files);
        } finally {
            for (WholeFile file : files.values()) {
                file.close();
                Leftovers.removePictures(file);
            }
        }
    }

    private static void publish(TaskContext task, Map<Extract, WholeFile> files) throws IOException {
        for (Map.Entry<Extract, WholeFile> entry : files.entrySet()) {
            if (Files.exists(entry.getValue().temporary())) {
                publishPictures(
                        task, entry.getKey().pictures(), entry.getValue().temporary());
                entry.getValue().publish();
            } else {
                task.warning("The source has nothing for " + entry.getKey().input() + ", so that "
                        + entry.getKey().target() + " is not written.");
            }
        }
    }

    /** The pictures have their name before the index, by which a later run knows that the track is done. */
    private static void publishPictures(TaskContext task, @Nullable Path pictures, Path index) throws IOException {
        if (pictures != null) {
            try (WholeFile file = WholeFile.of(task, pictures)) {
                Files.move(VobSub.pictures(index), file.temporary());
                file.publish();
            }
        }
    }
}

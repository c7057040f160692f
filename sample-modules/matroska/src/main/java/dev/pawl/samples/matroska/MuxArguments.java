package dev.pawl.samples.matroska;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.matroska.MkvmergeModule.Attachment;
import dev.pawl.samples.matroska.MkvmergeModule.Inputs;
import dev.pawl.samples.matroska.MkvmergeModule.Source;
import dev.pawl.samples.matroska.MkvmergeModule.SourceTrack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Builds the arguments of mkvmerge: global options, each source with its selection of tracks, its options and those of its tracks, the attachments,
 * and the order of the tracks. Each source stands in parentheses, in which everything is the name of a file, and for which mkvmerge looks for no
 * further files of similar names.
 */
final class MuxArguments {

    /** The types of tracks with the options that select and refuse them. */
    private enum Selection {
        VIDEO("video", "--video-tracks", "--no-video"),
        AUDIO("audio", "--audio-tracks", "--no-audio"),
        SUBTITLES("subtitles", "--subtitle-tracks", "--no-subtitles"),
        BUTTONS("buttons", "--button-tracks", "--no-buttons");

        private final String type;
        private final String these;
        private final String none;

        Selection(String type, String these, String none) {
            this.type = type;
            this.these = these;
            this.none = none;
        }

        /** The options of a source that copy all tracks of the type; one spelling is that of the older documentation, one of its examples. */
        Set<String> copyOptions() {
            String singular = type.endsWith("s") ? type.substring(0, type.length() - 1) : type;
            return new LinkedHashSet<>(List.of("_copy-" + type + "-tracks", "_copy-" + singular + "-tracks"));
        }
    }

    private final Inputs inputs;
    private final MuxFiles files;
    private final OptionArguments options;

    private MuxArguments(Inputs inputs, MuxFiles files) {
        this.inputs = inputs;
        this.files = files;
        this.options = new OptionArguments(files);
    }

    /**
     * The arguments for a task.
     *
     * @param output the file to write
     * @throws ValidationException when an input names something that is missing, refused or malformed
     */
    static List<String> of(Inputs inputs, MuxFiles files, Path output) throws ValidationException {
        return new MuxArguments(inputs, files).all(output);
    }

    private List<String> all(Path output) throws ValidationException {
        List<String> arguments = new ArrayList<>(List.of("--gui-mode", "--output", output.toString()));
        arguments.addAll(options.of("options", inputs.options()));
        for (int source = 0; source < inputs.sources().size(); source++) {
            addSource(source, arguments);
        }
        addAttachments(arguments);
        if (!inputs.tracks().isEmpty() && !inputs.options().containsKey("track-order")) {
            arguments.addAll(List.of("--track-order", trackOrder()));
        }
        return arguments;
    }

    private void addSource(int index, List<String> arguments) throws ValidationException {
        Source source = inputs.sources().get(index);
        String input = "sources[" + index + "]";
        Path file = files.source(input + ".filename", source.filename());
        Set<String> unknown = new TreeSet<>();
        source.options().keySet().stream().filter(name -> name.startsWith("_")).forEach(unknown::add);
        for (Selection selection : Selection.values()) {
            unknown.removeAll(selection.copyOptions());
            if (!isCopied(source, selection)) {
                addSelection(index, selection, arguments);
            }
        }
        if (!unknown.isEmpty()) {
            throw new ValidationException(
                    input + ".options has " + String.join(", ", unknown)
                            + "; those that begin with _ are _copy-video-tracks, _copy-audio-tracks, _copy-subtitles-tracks and _copy-buttons-tracks.");
        }
        arguments.addAll(options.of(input + ".options", source.options()));
        for (Map.Entry<Integer, SourceTrack> track : tracksOf(index).entrySet()) {
            arguments.addAll(options.ofTrack(
                    "tracks[" + track.getKey() + "].options",
                    track.getValue().options(),
                    track.getValue().track()));
        }
        arguments.addAll(List.of("(", file.toString(), ")"));
    }

    private static boolean isCopied(Source source, Selection selection) {
        return selection.copyOptions().stream()
                .anyMatch(name -> source.options().containsKey(name)
                        && !Boolean.FALSE.equals(source.options().get(name)));
    }

    private void addSelection(int source, Selection selection, List<String> arguments) throws ValidationException {
        List<String> ids = new ArrayList<>();
        for (Map.Entry<Integer, SourceTrack> entry : tracksOf(source).entrySet()) {
            int track = entry.getValue().track();
            String input = "tracks[" + entry.getKey() + "].track";
            String file = inputs.sources().get(source).filename();
            if (files.tracks(source).isOfType(input, file, track, selection.type)) {
                ids.add(Integer.toString(track));
            }
        }
        arguments.addAll(ids.isEmpty() ? List.of(selection.none) : List.of(selection.these, String.join(",", ids)));
    }

    /** The tracks that are taken from a source, by their places in the input. */
    private Map<Integer, SourceTrack> tracksOf(int source) throws ValidationException {
        Map<Integer, SourceTrack> tracks = new LinkedHashMap<>();
        for (int index = 0; index < inputs.tracks().size(); index++) {
            SourceTrack track = inputs.tracks().get(index);
            if (track.source() >= inputs.sources().size()) {
                throw new ValidationException("tracks[" + index + "].source is " + track.source() + ", but there are "
                        + inputs.sources().size() + " sources, and the first is 0.");
            }
            if (track.source() == source) {
                tracks.put(index, track);
            }
        }
        return tracks;
    }

    private void addAttachments(List<String> arguments) throws ValidationException {
        for (int index = 0; index < inputs.attachments().size(); index++) {
            Attachment attachment = inputs.attachments().get(index);
            String input = "attachments[" + index + "].filename";
            Path file = files.source(input, attachment.filename());
            String name = attachment.name() == null ? fileName(Path.of(attachment.filename())) : attachment.name();
            addAttachment(name, attachment.type(), file, arguments);
        }
        for (int index = 0; index < inputs.attachmentDirectories().size(); index++) {
            String input = "attachment_directories[" + index + "]";
            for (Path file : files.filesIn(input, inputs.attachmentDirectories().get(index))) {
                addAttachment(fileName(file), "", files.source(input, file.toString()), arguments);
            }
        }
    }

    private static void addAttachment(String name, String type, Path file, List<String> arguments) {
        arguments.addAll(List.of("--attachment-name", name));
        if (!type.isEmpty()) {
            arguments.addAll(List.of("--attachment-mime-type", type));
        }
        arguments.addAll(List.of("--attach-file", file.toString()));
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }

    private String trackOrder() {
        List<String> order = new ArrayList<>();
        inputs.tracks().forEach(track -> order.add(track.source() + ":" + track.track()));
        return String.join(",", order);
    }
}

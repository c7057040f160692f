package dev.pawl.samples.matroska;

import dev.pawl.api.module.ValidationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a map of options of mkvmerge into its arguments, with the files that they name as those that the task may read. */
final class OptionArguments {

    private static final char OWN = '_'; // begins the options of this module, which are none of mkvmerge

    private final MuxFiles files;

    OptionArguments(MuxFiles files) {
        this.files = files;
    }

    /** The arguments of options that hold for the whole output, or for a source. */
    List<String> of(String input, Map<String, @Nullable Object> options) throws ValidationException {
        return arguments(input, options, null);
    }

    /** The arguments of options that hold for a track. */
    List<String> ofTrack(String input, Map<String, @Nullable Object> options, int track) throws ValidationException {
        return arguments(input, options, track);
    }

    private List<String> arguments(String input, Map<String, @Nullable Object> options, @Nullable Integer track)
            throws ValidationException {
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> option : options.entrySet()) {
            String name = option.getKey();
            Object value = option.getValue();
            if (!name.isEmpty() && name.charAt(0) != OWN) {
                arguments.addAll(option(input + "." + name, name, value, track));
            }
        }
        return arguments;
    }

    private List<String> option(String input, String name, @Nullable Object value, @Nullable Integer track)
            throws ValidationException {
        if (value instanceof Map || value instanceof List) {
            throw new ValidationException(input + " is " + value + "; it takes a text, a number, true, false or null.");
        }
        String option = "--" + name;
        Optional<MkvmergeOption> kind = MkvmergeOption.of(name);
        if (kind.isEmpty()) {
            throw new ValidationException(
                    input + " is no option that this module knows; mkvmerge says: " + files.errorAbout(option));
        }
        String before = track == null ? "" : track + ":";
        return switch (kind.get()) {
            case FLAG -> flag(input, option, value);
            case VALUE -> List.of(option, before + required(input, value));
            case TRACK ->
                List.of(option, track != null && value == null ? track.toString() : before + required(input, value));
            case FILE ->
                List.of(option, files.source(input, required(input, value)).toString());
            case TRACK_FILE -> List.of(option, trackFile(input, before + required(input, value)));
            case SEGMENTS -> List.of(option, segments(input, required(input, value)));
            case REFUSED ->
                throw new ValidationException(
                        input
                                + " is refused: with it mkvmerge would write elsewhere than to output_file, or not mux at all. Leave it out.");
        };
    }

    private static List<String> flag(String input, String option, @Nullable Object value) throws ValidationException {
        if (value == null || Boolean.TRUE.equals(value)) {
            return List.of(option);
        }
        if (Boolean.FALSE.equals(value)) {
            return List.of();
        }
        throw new ValidationException(
                input + " is \"" + value + "\", but this option takes no value; give null, or false to leave it out.");
    }

    private static String required(String input, @Nullable Object value) throws ValidationException {
        if (value == null) {
            throw new ValidationException(input + " is null, but this option takes a value.");
        }
        return value.toString();
    }

    /** The file of {@code 0:tags.xml}. */
    private String trackFile(String input, String value) throws ValidationException {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw new ValidationException(
                    input + " is \"" + value + "\"; it takes the id of a track, a colon, and the name of a file.");
        }
        Path file = files.source(input, value.substring(colon + 1));
        return value.substring(0, colon + 1) + file;
    }

    /** The files of {@code 0x0123,=first.mkv}. */
    private String segments(String input, String value) throws ValidationException {
        List<String> segments = new ArrayList<>();
        for (String segment : value.split(",", -1)) {
            String name = segment.strip();
            segments.add(name.startsWith("=") ? "=" + files.source(input, name.substring(1)) : name);
        }
        return String.join(",", segments);
    }
}

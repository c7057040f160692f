package dev.pawl.samples.handbrake;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.handbrake.HandbrakeModule.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds the arguments of HandBrakeCLI. Each is an option with its value after {@code =}: only so are values read of which the help says that they may
 * be left out, and no option can take the next one for its value. HandBrakeCLI takes the beginning of an option's name for the name, so
 * that beginnings of options that are refused, or that name files, are refused, too.
 */
final class HandbrakeArguments {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

    /** Options that take files: {@code preset-import-file} parts its files at spaces, the others at commas. */
    private static final Set<String> FILES = Set.of("srt-file", "ssa-file", "preset-import-file");

    private static final String ENCODER_OPTIONS = "encopts";

    /** Options that are given otherwise, write elsewhere than to the output, read files of their own choice, or encode nothing. */
    private static final Set<String> REFUSED = Set.of(
            "input",
            "output",
            "json",
            "help",
            "version",
            "scan",
            "preset-list",
            "preset-import-gui",
            "preset-export",
            "preset-export-file",
            "preset-export-description",
            "queue-import-file",
            "encoder-preset-list",
            "encoder-tune-list",
            "encoder-profile-list",
            "encoder-level-list");

    /** Options that are the beginnings of refused ones. */
    private static final Set<String> WHOLE_NAMES =
            Set.of("preset", "encoder", "encoder-preset", "encoder-tune", "encoder-profile", "encoder-level");

    /** Options that have an opposite, which {@code false} stands for. */
    private static final Set<String> WITH_OPPOSITE = Set.of(
            "markers",
            "optimize",
            "ipod-atom",
            "two-pass",
            "turbo",
            "keep-display-aspect",
            "itu-par",
            "comb-detect",
            "deinterlace",
            "bwdif",
            "decomb",
            "detelecine",
            "hqdn3d",
            "nlmeans",
            "chroma-smooth",
            "unsharp",
            "lapsharp",
            "deblock",
            "grayscale",
            "dvdnav",
            "multi-pass");

    /** Options for which nothing means none. */
    private static final Set<String> NONE = Set.of("audio", "subtitle");

    /** Names of the older job files, where they differ from the option's in more than dashes. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of("max_height", "maxHeight", "max_width", "maxWidth", "first_subtitles", "first-subtitle");

    private final FileInput files;
    private final List<String> arguments = new ArrayList<>();

    private HandbrakeArguments(FileInput files) {
        this.files = files;
    }

    /**
     * The arguments for a task.
     *
     * @param source finds the source
     * @param files finds the other files to read
     * @param output the file to write
     * @throws ValidationException when an option is refused, or its value is none that can be given
     */
    static List<String> of(Inputs inputs, FileInput source, FileInput files, Path output) throws ValidationException {
        HandbrakeArguments built = new HandbrakeArguments(files);
        built.arguments.add("--json");
        built.arguments.add("--input=" + source.find("source", inputs.source()));
        built.arguments.add("--output=" + output);
        built.addAll("options", inputs.options());
        built.addAll("source_options", inputs.sourceOptions());
        built.addAll("destination_options", inputs.destinationOptions());
        built.addAll("video_options", inputs.videoOptions());
        built.addAll("audio_options", inputs.audioOptions());
        built.addAll("picture_options", inputs.pictureOptions());
        built.addAll("filters_options", inputs.filtersOptions());
        built.addAll("subtitles_options", inputs.subtitlesOptions());
        return List.copyOf(built.arguments);
    }

    private void addAll(String section, Map<String, @Nullable Object> options) throws ValidationException {
        for (Map.Entry<String, @Nullable Object> option : options.entrySet()) {
            String input = section + "." + option.getKey();
            add(input, name(input, option.getKey()), option.getValue());
        }
    }

    private static String name(String input, String key) throws ValidationException {
        String name = OTHER_NAMES.getOrDefault(key, key.replace('_', '-'));
        if (!NAME.matcher(name).matches()) {
            throw new ValidationException(input + " is no name of an option.");
        }
        if (REFUSED.contains(name) || (!WHOLE_NAMES.contains(name) && isBeginning(name))) {
            throw new ValidationException(
                    input
                            + " is refused: HandBrake would read or write files that the job does not name, or encode nothing. Leave it out.");
        }
        return name;
    }

    private static boolean isBeginning(String name) {
        boolean ofFiles = FILES.stream().anyMatch(option -> option.startsWith(name) && !option.equals(name));
        boolean ofEncoderOptions = ENCODER_OPTIONS.startsWith(name) && !ENCODER_OPTIONS.equals(name);
        return ofFiles || ofEncoderOptions || REFUSED.stream().anyMatch(option -> option.startsWith(name));
    }

    private void add(String input, String name, @Nullable Object value) throws ValidationException {
        if (FILES.contains(name)) {
            arguments.add("--" + name + "=" + fileNames(input, name, value));
        } else if (name.equals(ENCODER_OPTIONS)) {
            arguments.add("--" + name + "=" + EncoderOptions.of(input, value));
        } else if (NONE.contains(name) && (value == null || Boolean.FALSE.equals(value))) {
            arguments.add("--" + name + "=none");
        } else if (value == null || Boolean.TRUE.equals(value)) {
            arguments.add("--" + name);
        } else if (Boolean.FALSE.equals(value)) {
            if (WITH_OPPOSITE.contains(name)) {
                arguments.add("--no-" + name);
            }
        } else {
            arguments.add("--" + name + "=" + OptionValue.of(input, name, value));
        }
    }

    private String fileNames(String input, String option, @Nullable Object value) throws ValidationException {
        boolean spaced = option.equals("preset-import-file");
        List<String> paths = new ArrayList<>();
        for (Object name : value instanceof List<?> list ? list : List.of(String.valueOf(value))) {
            String path = files.find(input, String.valueOf(name)).toString();
            if (spaced ? !path.matches("[\\w/.,:+@%=-]+") : path.contains(",")) {
                throw new ValidationException(input + " is \"" + name + "\", but HandBrake takes "
                        + (spaced ? "spaces and wildcards" : "a comma")
                        + " in it for more than one file; give the file another name.");
            }
            paths.add(path);
        }
        return String.join(spaced ? " " : ",", paths);
    }
}

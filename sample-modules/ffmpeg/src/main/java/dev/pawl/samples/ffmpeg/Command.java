package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.ValidationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments for FFmpeg.
 *
 * <p>Files are named as {@code file:…}, so that no name is taken for an option or an address, and sources may open nothing else, neither by
 * their protocol nor by their format.
 *
 * @param beforeSources the input options
 * @param sources the files to read
 * @param afterSources the maps and the options of the output
 */
record Command(List<String> beforeSources, List<Path> sources, List<String> afterSources) {

    /** Reading of single files alone; stands before each source. */
    static final List<String> CONFINED =
            List.of("-protocol_whitelist", "file", "-format_whitelist", ReadableFormats.LIST);

    private static final List<String> FRAME =
            List.of("-nostdin", "-hide_banner", "-nostats", "-loglevel", "warning", "-progress", "pipe:1", "-y");

    Command {
        beforeSources = List.copyOf(beforeSources);
        sources = List.copyOf(sources);
        afterSources = List.copyOf(afterSources);
    }

    /**
     * Puts the arguments together; {@code overwrite} does not show, since FFmpeg writes under a temporary name.
     *
     * @param options the options of each output map, those of option sets included
     * @throws ValidationException names the input that cannot be an argument
     */
    static Command of(FfmpegModule.Inputs inputs, List<Path> sources, List<Map<String, @Nullable Object>> options)
            throws ValidationException {
        List<String> after = new ArrayList<>();
        for (int n = 0; n < inputs.sourceMaps().size(); n++) {
            after.addAll(inputs.sourceMaps().get(n).arguments("source_maps[" + n + "]"));
        }
        for (int n = 0; n < inputs.outputMaps().size(); n++) {
            OutputMap map = inputs.outputMaps().get(n);
            String input = "output_maps[" + n + "]";
            after.addAll(Options.forOutput(optionsPlace(input, map), map.suffix(input), options.get(n)));
        }
        return new Command(Options.forSources("input_options", inputs.inputOptionsOrNone()), sources, after);
    }

    private static String optionsPlace(String input, OutputMap map) {
        return input + (map.optionSet() == null ? ".options" : ".options with option_set " + map.optionSet());
    }

    /** All arguments for writing to a file. */
    List<String> arguments(Path output) {
        return arguments(CONFINED, output);
    }

    /** The call as a line for people, without what confines it. */
    String line(Path output) {
        StringBuilder line = new StringBuilder("ffmpeg");
        for (String argument : arguments(List.of(), output)) {
            boolean plain = argument.matches("[A-Za-z0-9_.,:=+/?@%-]+");
            line.append(' ').append(plain ? argument : "'" + argument.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }

    private List<String> arguments(List<String> confined, Path output) {
        List<String> arguments = new ArrayList<>(FRAME);
        arguments.addAll(beforeSources);
        for (Path source : sources) {
            arguments.addAll(confined);
            arguments.add("-i");
            arguments.add("file:" + source);
        }
        arguments.addAll(afterSources);
        arguments.add("file:" + output);
        return arguments;
    }
}

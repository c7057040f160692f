package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task's inputs, checked and with their files found.
 *
 * @param sources the files to read
 * @param target the file to make
 * @param command the arguments for FFmpeg
 * @param outputOptions the options of all output maps together, by bare name
 */
record Order(
        FfmpegModule.Inputs inputs,
        List<Source> sources,
        Path target,
        Command command,
        Map<String, @Nullable Object> outputOptions) {

    /** Names that FFmpeg takes for numbered series of files, such as {@code image-%03d.png}. */
    private static final Pattern SERIES = Pattern.compile("%[0-9]*d");

    /** Endings of formats that are several files. */
    private static final Pattern PLAYLIST = Pattern.compile("(?:.*\\.)(?:m3u8|mpd|chk|xml|sdp)");

    /**
     * Checks everything that needs no look into the sources.
     *
     * @throws ValidationException names the input, its value, and what to do
     */
    static Order of(TaskContext task) throws ValidationException {
        FfmpegModule.Inputs inputs = task.inputs(FfmpegModule.Inputs.class);
        NamedFiles files =
                NamedFiles.of(task, task.settings(FfmpegModule.Settings.class).root());
        requireSome("sources", inputs.sources());
        requireSome("source_maps", inputs.sourceMaps());
        List<Source> sources = new ArrayList<>();
        for (int n = 0; n < inputs.sources().size(); n++) {
            sources.add(source("sources[" + n + "]", inputs.sources().get(n), files, task));
        }
        requireMappedSources(inputs);
        OptionSets sets = new OptionSets(task.data());
        List<Map<String, @Nullable Object>> options = new ArrayList<>();
        for (int n = 0; n < inputs.outputMaps().size(); n++) {
            options.add(
                    sets.options("output_maps[" + n + "]", inputs.outputMaps().get(n)));
        }
        Command command = Command.of(inputs, sources.stream().map(Source::path).toList(), options);
        Path target = target(inputs, files);
        return new Order(inputs, List.copyOf(sources), target, command, byBareName(options));
    }

    private static void requireSome(String input, List<?> list) throws ValidationException {
        if (list.isEmpty()) {
            throw new ValidationException(input + " is empty; it takes at least one entry.");
        }
    }

    private static Source source(String input, String text, NamedFiles files, TaskContext task)
            throws ValidationException {
        Path path = files.source(input, text);
        refuseSeries(input, text, path);
        boolean early;
        try {
            early = files.isThere(path) && !task.files().isDeclaredOutput(path);
        } catch (IOException e) {
            throw NamedFiles.refusal(input, text, e);
        }
        return new Source(text, path, early);
    }

    private static Path target(FfmpegModule.Inputs inputs, NamedFiles files) throws ValidationException {
        String text = inputs.outputFile();
        Path target = files.target("output_file", text, inputs.overwrite());
        refuseSeries("output_file", text, target);
        if (PLAYLIST.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
            throw new ValidationException(
                    "output_file is " + text
                            + ", whose format is a playlist with files of its own; choose a format of a single file, such as .mkv or .mp4.");
        }
        return target;
    }

    private static void refuseSeries(String input, String text, Path path) throws ValidationException {
        if (SERIES.matcher(path.toString()).find()) {
            throw new ValidationException(input + " is " + text
                    + ", which FFmpeg takes for a numbered series of files; give a name without %d.");
        }
    }

    private static void requireMappedSources(FfmpegModule.Inputs inputs) throws ValidationException {
        for (int n = 0; n < inputs.sourceMaps().size(); n++) {
            int source = inputs.sourceMaps().get(n).source();
            if (source >= inputs.sources().size()) {
                throw new ValidationException("source_maps[" + n + "].source is " + source + ", but sources has "
                        + inputs.sources().size() + ", counted from 0.");
            }
        }
    }

    private static Map<String, @Nullable Object> byBareName(List<Map<String, @Nullable Object>> options) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        options.forEach(some -> some.forEach((name, value) -> all.put(Options.bare(name), value)));
        return all;
    }
}

package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.TaskContext;
import dev.pawl.process.Exit;
import dev.pawl.process.Program;
import dev.pawl.process.ProgramOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Examines media files with ffprobe. Of its output formats {@code flat} is read, which has lines such as {@code
 * streams.stream.0.codec_type="video"}: that needs no JSON library in the module.
 */
final class Ffprobe {

    private static final int MOST_CHARACTERS = 4 << 20;

    private static final List<String> QUESTION = List.of(
            "-v",
            "error",
            "-of",
            "flat",
            "-show_entries",
            "format=duration:stream=codec_type,codec_name,nb_frames,avg_frame_rate,duration"
                    + ":stream_tags=language,NUMBER_OF_FRAMES,NUMBER_OF_FRAMES-eng");

    private final Path executable;
    private final TaskContext task;

    Ffprobe(Path executable, TaskContext task) {
        this.executable = executable;
        this.task = task;
    }

    /** Thrown for a file that is no media file, or none that may be read. */
    static final class NoMediaException extends Exception {
        private static final long serialVersionUID = 1;

        NoMediaException(String sentence) {
            super(sentence);
        }

        /** The sentence of ffprobe. */
        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The contents of a file.
     *
     * @throws NoMediaException with ffprobe's own sentence
     */
    Media read(Path file) throws IOException, InterruptedException, NoMediaException {
        List<String> arguments = new ArrayList<>(QUESTION);
        arguments.addAll(Command.CONFINED);
        arguments.add("file:" + file);
        ProgramOutput.Captured answer = ProgramOutput.capture(MOST_CHARACTERS);
        Exit exit = Program.of(executable, arguments).folder(task.workDir()).run(task, answer);
        if (!exit.isSuccess()) {
            String said = answer.err().strip();
            throw new NoMediaException(said.isEmpty() ? "ffprobe " + exit.sentence() : said);
        }
        return parse(answer.out());
    }

    /** Reads an answer of ffprobe. */
    static Media parse(String flat) {
        Map<String, String> values = new HashMap<>();
        int streams = 0;
        for (String line : flat.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                String key = line.substring(0, equals);
                values.put(key, unquoted(line.substring(equals + 1)));
                if (key.startsWith("streams.stream.")) {
                    streams = Math.max(streams, Integer.parseInt(key.split("\\.", 4)[2]) + 1);
                }
            }
        }
        Double seconds = number(values.get("format.duration"));
        List<MediaStream> found = new ArrayList<>();
        for (int n = 0; n < streams; n++) {
            found.add(stream("streams.stream." + n + ".", values, seconds));
        }
        return new Media(seconds, found);
    }

    private static MediaStream stream(String prefix, Map<String, String> values, @Nullable Double seconds) {
        Double frames = firstNumber(
                values.get(prefix + "nb_frames"),
                values.get(prefix + "tags.NUMBER_OF_FRAMES"),
                values.get(prefix + "tags.NUMBER_OF_FRAMES_eng"));
        if (frames == null) {
            Double length = number(values.get(prefix + "duration"));
            Double rate = ratio(values.get(prefix + "avg_frame_rate"));
            Double known = length == null ? seconds : length;
            frames = known == null || rate == null ? null : Double.valueOf(known * rate);
        }
        return new MediaStream(
                StreamKind.ofProbe(values.getOrDefault(prefix + "codec_type", "")),
                values.get(prefix + "codec_name"),
                values.get(prefix + "tags.language"),
                frames == null ? null : Long.valueOf(Math.round(frames)));
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || value.charAt(0) != '"') {
            return value;
        }
        StringBuilder text = new StringBuilder();
        for (int n = 1; n < value.length() - 1; n++) {
            char c = value.charAt(n);
            text.append(c == '\\' && n + 1 < value.length() - 1 ? value.charAt(++n) : c);
        }
        return text.toString();
    }

    private static @Nullable Double firstNumber(@Nullable String... texts) {
        for (String text : texts) {
            Double number = number(text);
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    /** A positive number; null for anything else, such as {@code N/A}. */
    private static @Nullable Double number(@Nullable String text) {
        try {
            double number = text == null ? 0 : Double.parseDouble(text);
            return number > 0 && number < Long.MAX_VALUE ? number : null;
        } catch (NumberFormatException unknown) {
            return null;
        }
    }

    private static @Nullable Double ratio(@Nullable String text) {
        if (text == null || text.indexOf('/') < 0) {
            return number(text);
        }
        Double top = number(text.substring(0, text.indexOf('/')));
        Double bottom = number(text.substring(text.indexOf('/') + 1));
        return top == null || bottom == null ? null : Double.valueOf(top / bottom);
    }
}

package dev.pawl.samples.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small media files, made by FFmpeg itself. */
final class GeneratedMedia {

    private final Path folder;

    GeneratedMedia(Path folder) {
        this.folder = folder;
    }

    /** A file with a video of 64 by 64 pixels, three audio and two subtitle streams. */
    Path film(String name, int seconds, int framesPerSecond) throws IOException, InterruptedException {
        Path subtitles = folder.resolve("subtitles.srt");
        Files.writeString(
                subtitles, "1\n00:00:00,500 --> 00:00:01,500\nHello\n\n2\n00:10:00,500 --> 00:10:01,500\nAgain\n");
        List<String> arguments = new ArrayList<>(
                List.of("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=" + framesPerSecond + ":duration=" + seconds));
        for (int n = 1; n <= 3; n++) {
            arguments.addAll(List.of(
                    "-f", "lavfi", "-i", "sine=frequency=" + 220 * n + ":sample_rate=8000:duration=" + seconds));
        }
        arguments.addAll(List.of("-i", subtitles.toString()));
        for (String map : List.of("0", "1", "2", "3", "4", "4")) {
            arguments.addAll(List.of("-map", map));
        }
        arguments.addAll(
                List.of("-c:v", "mpeg4", "-c:a", "pcm_s16le", "-c:s", "srt", "-metadata:s:a:0", "language=eng"));
        return made(name, arguments);
    }

    /** A file with nothing but sound. */
    Path sound(String name, int seconds) throws IOException, InterruptedException {
        return made(name, List.of("-f", "lavfi", "-i", "sine=duration=" + seconds, "-c:a", "ac3"));
    }

    private Path made(String name, List<String> arguments) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(arguments);
        command.add("file:" + file);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals(0, process.waitFor());
        return file;
    }
}

package dev.pawl.it.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A film of 64 by 64 pixels with three audio and two subtitle streams, made by FFmpeg. */
final class SmallFilm {

    private SmallFilm() {}

    static void make(Path file, int seconds) throws IOException, InterruptedException {
        Path subtitles = file.resolveSibling("subtitles.srt");
        Files.writeString(subtitles, "1\n00:00:00,500 --> 00:00:01,500\nHello\n");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10:duration=" + seconds));
        command.addAll(List.of("-f", "lavfi", "-i", "sine=sample_rate=8000:duration=" + seconds));
        command.addAll(List.of("-i", subtitles.toString()));
        for (String stream : List.of("0", "1", "1", "1", "2", "2")) {
            command.addAll(List.of("-map", stream));
        }
        command.addAll(List.of("-c:v", "mpeg4", "-c:a", "ac3", "-c:s", "srt", file.toString()));
        Process ffmpeg = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.INHERIT)
                .start();
        assertEquals(0, ffmpeg.waitFor());
    }

    /** The codecs and kinds of a file's streams, such as {@code hevc,video}. */
    static List<String> streams(Path file) throws IOException, InterruptedException {
        Process ffprobe = new ProcessBuilder(
                        "ffprobe",
                        "-v",
                        "error",
                        "-of",
                        "csv=p=0",
                        "-show_entries",
                        "stream=codec_type,codec_name",
                        file.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        String said = new String(ffprobe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, ffprobe.waitFor());
        return said.lines().toList();
    }
}

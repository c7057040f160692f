package dev.pawl.samples.handbrake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module with the real program, with job data as older job files have it. */
@NeedsProgram({"HandBrakeCLI", "ffmpeg", "ffprobe"})
final class HandbrakeModuleTest {

    /** Ample for a busy machine, and less than what is stopped would take to its own end. */
    private static final Duration MOST_FOR_A_STOP = Duration.ofSeconds(5);

    private static final String SUBTITLES = "1\n00:00:00,000 --> 00:00:01,000\nHello\n";

    @TempDir
    static Path media;

    @TempDir
    Path folder;

    private Path root;

    @BeforeAll
    static void makeMedia() throws Exception {
        Files.writeString(media.resolve("s.srt"), SUBTITLES);
        call(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=128x96:r=10:d=2",
                "-f",
                "lavfi",
                "-i",
                "sine=d=2",
                "-i",
                media.resolve("s.srt").toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "1",
                "-map",
                "1",
                "-map",
                "2",
                "-map",
                "2",
                "-c:v",
                "mpeg4",
                "-c:a",
                "mp2",
                "-c:s",
                "srt",
                media.resolve("movie.mkv").toString());
    }

    @BeforeEach
    void fillRoot() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        Files.copy(media.resolve("movie.mkv"), root.resolve("movie.mkv"));
    }

    private static String call(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
        return output;
    }

    private static List<String> streams(Path file) throws Exception {
        return call("ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", file.toString())
                .lines()
                .toList();
    }

    private JobHarness job(String data) throws IOException {
        return JobHarness.of(HandbrakeModule::new)
                .inputs(JSON.std.mapFrom(data))
                .settings(Map.of("root", root.toString()))
                .workDir(folder)
                .roots(root);
    }

    private static HarnessRun complete(JobHarness job) {
        HarnessRun run = job.run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> run.thrown() + " " + run.lines());
        return run;
    }

    private static String message(HarnessRun run, Outcome outcome) {
        assertEquals(outcome, run.outcome(), () -> run.thrown() + " " + run.lines());
        return String.valueOf(run.thrown().getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theExampleOfTheOlderReadmeMakesTheFileItDescribes() throws Exception {
        HarnessRun run = complete(job("""
                {
                  "source": "movie.mkv",
                  "output_file": "output.mkv",
                  "video_options": {"encoder": "x265_10bit", "encoder_preset": "slow", "quality": 19},
                  "audio_options": {"audio": [1, 3], "aencoder": ["opus", "opus"], "ab": [128, 192], "mixdown": ["stereo", "5_2_lfe"]},
                  "subtitles_options": {"subtitle": [1, 2], "subname": ["Signs and Songs", "Full Subtitles"]}
                }
                """));

        Path output = root.resolve("output.mkv");
        assertEquals(List.of("hevc", "opus", "opus", "ass", "ass"), streams(output));
        assertEquals(output.toString(), run.results().get(0).get("output_file"));
        assertEquals(Files.size(output), ((Number) run.results().get(0).get("size")).longValue());
        assertEquals(
                20,
                ((Number) run.info().get("total_frames")).intValue(),
                run.info().toString());
        assertTrue(
                ((Number) run.info().get("current_frame")).intValue() > 0,
                run.info().toString());
        assertEquals(List.of("movie.mkv", "output.mkv"), names());
    }

    @Test
    void twoPassesAreOneProgress() throws Exception {
        HarnessRun run = complete(job("""
                {"source": "movie.mkv", "output_file": "o.mp4", "video_options": {"encoder": "x264", "encoder_preset": "ultrafast",
                 "vb": 100, "two_pass": true, "turbo": true}, "audio_options": {"audio": null}}
                """));

        assertEquals("h264", streams(root.resolve("o.mp4")).get(0));
        assertEquals(100, run.percent());
        assertEquals(run.info().get("total_frames"), run.info().get("current_frame"), run.info()::toString);
    }

    @Test
    void subtitlesFromAFileAreTakenAndThoseOutsideRefused() throws Exception {
        Files.writeString(root.resolve("s é.srt"), SUBTITLES);
        Files.writeString(folder.resolve("outside.srt"), SUBTITLES);
        String data = """
                {"source": "movie.mkv", "output_file": "o.mkv", "video_options": {"encoder": "x264", "encoder_preset": "ultrafast"},
                 "audio_options": {"audio": null}, "subtitles_options": {"srt_file": ["NAME"], "srt_codeset": ["UTF-8"]}}
                """;

        complete(job(data.replace("NAME", "s é.srt")));
        assertEquals(List.of("h264", "ass"), streams(root.resolve("o.mkv")));

        String refusal = message(job(data.replace("NAME", "../outside.srt")).run(), Outcome.VALIDATION_FAILED);
        assertTrue(refusal.startsWith("subtitles_options.srt_file is \"../outside.srt\", which is refused: "), refusal);
    }

    @Test
    void anErrorOfTheProgramIsPassedOnInItsOwnWordsEvenWhenItsExitCodeIsZero() throws Exception {
        String data =
                "{\"source\": \"movie.mkv\", \"output_file\": \"o.mkv\", \"video_options\": {\"OPTION\": \"nope\"}}";

        assertEquals(
                "HandBrakeCLI failed: unknown option (--encodr=nope)",
                message(job(data.replace("OPTION", "encodr")).run(), Outcome.RUN_FAILED));
        assertEquals(
                "HandBrakeCLI failed: ERROR: Invalid video encoder (nope)",
                message(job(data.replace("OPTION", "encoder")).run(), Outcome.RUN_FAILED));
        assertEquals(List.of("movie.mkv"), names());
    }

    @Test
    void aSourceThatIsNoVideoOrAPlaylistOrMissingIsRefused() throws Exception {
        Files.writeString(root.resolve("text.mkv"), "text");
        Files.writeString(root.resolve("list.mkv"), "#EXTM3U\nfile:///etc/passwd\n");
        Files.writeString(root.resolve("dash.mkv"), "<?xml version=\"1.0\"?>\n<MPD></MPD>");
        String data = "{\"source\": \"NAME\", \"output_file\": \"o.mkv\"}";

        assertEquals(
                "HandBrakeCLI failed: No title found.",
                message(job(data.replace("NAME", "text.mkv")).run(), Outcome.RUN_FAILED));
        assertEquals(
                "source is \"list.mkv\", a playlist, which names other files; give a file that holds the video itself.",
                message(job(data.replace("NAME", "list.mkv")).run(), Outcome.VALIDATION_FAILED));
        message(job(data.replace("NAME", "dash.mkv")).run(), Outcome.VALIDATION_FAILED);
        message(job(data.replace("NAME", "gone.mkv")).run(), Outcome.VALIDATION_FAILED);
        assertTrue(message(
                        job("{\"source\": \"movie.mkv\", \"output_file\": \"./movie.mkv\"}")
                                .run(),
                        Outcome.VALIDATION_FAILED)
                .contains("which is the source, too"));
    }

    @Test
    void theFolderOfADiscMustNotLeadOutThroughALink() throws Exception {
        Files.createDirectories(root.resolve("disc/VIDEO_TS"));
        Files.createSymbolicLink(root.resolve("disc/VIDEO_TS/VTS_01_1.VOB"), media.resolve("movie.mkv"));

        String refusal = message(
                job("{\"source\": \"disc\", \"output_file\": \"o.mkv\"}").run(), Outcome.VALIDATION_FAILED);

        assertTrue(refusal.startsWith("source is \"disc\", which is refused: "), refusal);
    }

    @Test
    void aResumedTaskDoesNotEncodeAgain() throws Exception {
        JobHarness job = job("""
                {"source": "movie.mkv", "output_file": "o.mkv", "video_options": {"encoder": "x264", "encoder_preset": "ultrafast"}}
                """);
        job.pauseAtCheckpoint(1);
        assertEquals(Outcome.PAUSED, job.run().outcome());
        assertFalse(Files.exists(root.resolve("o.mkv")));
        Files.write(root.resolve("movie.mkv"), new byte[] {1});

        complete(job);

        assertEquals("h264", streams(root.resolve("o.mkv")).get(0));
        assertEquals(List.of("movie.mkv", "o.mkv"), names());
    }

    @Test
    void aStopEndsTheProgramSoonAndLeavesNoFile() throws Exception {
        call(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-stream_loop",
                "200",
                "-i",
                root.resolve("movie.mkv").toString(),
                "-map",
                "0:v",
                "-c",
                "copy",
                root.resolve("long.mkv").toString());
        JobHarness job = job("""
                {"source": "long.mkv", "output_file": "o.mkv", "video_options": {"encoder": "x265", "encoder_preset": "veryslow"}}
                """);
        long[] stopped = new long[1];
        Thread operator = new Thread(() -> {
            awaitHiddenFile();
            stopped[0] = System.nanoTime();
            job.stop();
        });
        operator.start();

        HarnessRun run = job.run();

        Duration taken = Duration.ofNanos(System.nanoTime() - stopped[0]);
        operator.join();
        assertEquals(Outcome.STOPPED, run.outcome(), () -> run.thrown() + " " + run.lines());
        assertTrue(taken.compareTo(MOST_FOR_A_STOP) < 0, "The stop took " + taken + ".");
        assertEquals(List.of("long.mkv", "movie.mkv"), names());
    }

    private void awaitHiddenFile() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (names().stream().anyMatch(name -> name.startsWith(".pawl-"))) {
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.onSpinWait();
        }
    }
}

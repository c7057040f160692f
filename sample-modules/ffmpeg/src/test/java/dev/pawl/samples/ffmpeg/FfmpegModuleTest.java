package dev.pawl.samples.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module with FFmpeg and real, small files. */
@NeedsProgram({"ffmpeg", "ffprobe"})
final class FfmpegModuleTest {

    @TempDir
    static Path media;

    @TempDir
    Path folder;

    private Path root;

    @BeforeAll
    static void makeMedia() throws IOException, InterruptedException {
        GeneratedMedia generated = new GeneratedMedia(media);
        generated.film("source_file.mkv", 2, 10);
        generated.film("source_file_1.mkv", 604, 1);
        generated.sound("source_file_2.ac3", 2);
    }

    @BeforeEach
    void takeMedia() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        for (String name : List.of("source_file.mkv", "source_file_1.mkv", "source_file_2.ac3")) {
            Files.createLink(root.resolve(name), media.resolve(name));
        }
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> names = Files.list(root)) {
            assertEquals(
                    List.of(),
                    names.filter(name -> name.getFileName().toString().startsWith("."))
                            .toList());
        }
    }

    private JobHarness job(String data) {
        JobHarness job = JobHarness.of(FfmpegModule::new)
                .inputs(OrderHarness.json(data))
                .settings(Map.of("root", root.toString()))
                .roots(root)
                .workDir(folder);
        job.data().put("opus-128k-stereo", OrderHarness.json(OldJobFiles.OPUS));
        job.data().put("x265-dark-and-stormy", OrderHarness.json(OldJobFiles.X265));
        return job;
    }

    /** A job with one source and the video options. */
    private static String data(String source, String options, String output) {
        return """
                {"sources": ["%s"], "source_maps": [{"source": 0, "specifier": "v"}], "output_file": "%s",
                 "output_maps": [{"specifier": "v", "stream": 0, "options": %s}]}""".formatted(source, output, options);
    }

    private static String said(HarnessRun run) {
        return run.thrown() == null ? "" : String.valueOf(run.thrown().getMessage());
    }

    private static HarnessRun completed(HarnessRun run) {
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> said(run));
        assertEquals(100, run.percent());
        return run;
    }

    private static List<String> streams(HarnessRun run) {
        return ((List<?>) run.results().get(0).get("streams"))
                .stream()
                        .map(stream -> ((Map<?, ?>) stream).get("type") + " " + ((Map<?, ?>) stream).get("codec"))
                        .toList();
    }

    @Test
    void aPieceOfTwoFilesIsEncoded() {
        HarnessRun run = completed(job(OldJobFiles.PIECE).run());

        assertEquals(List.of("video hevc", "audio opus", "subtitle subrip"), streams(run));
        Map<String, Object> result = run.results().get(0);
        assertEquals(root.resolve("output_file.mkv").toString(), result.get("output_file"));
        assertEquals(4.0, ((Number) result.get("duration")).doubleValue(), 0.2);
        assertEquals(root.resolve("output_file.mkv").toFile().length(), ((Number) result.get("size")).longValue());
        assertEquals(4, run.info().get("total_frames"));
        assertEquals(4, run.info().get("current_frame"));
    }

    @Test
    void aPieceWithAnOptionSetReplacesTheFileThatIsThere() throws IOException {
        Files.writeString(root.resolve("output_file.mkv"), "old");

        HarnessRun run = completed(job(OldJobFiles.PIECE_WITH_OPTION_SET).run());

        assertEquals(List.of("video hevc", "audio opus", "subtitle subrip"), streams(run));
    }

    @Test
    void theFirstTaskOfAnOlderJobIsEncoded() {
        HarnessRun run = completed(job(OldJobFiles.FIRST_OF_SEVERAL).run());

        assertEquals(
                List.of("video hevc", "audio opus", "audio opus", "subtitle subrip", "subtitle ass"), streams(run));
    }

    @Test
    void valuesReachFfmpegAsTheyAre() {
        HarnessRun run =
                completed(job(data("source_file.mkv", """
                        {"codec": "mpeg4", "q": 7.5, "metadata:s": "title=It's \\"one\\" title", "filter": "scale=32:32, format='yuv420p'",
                         "copyinkf": null, "x264-params": {"a": 1}}""", "a b'c \\\"d.mkv")).run());

        assertTrue(Files.exists(root.resolve("a b'c \"d.mkv")));
        assertEquals(List.of("video mpeg4"), streams(run));
    }

    @Test
    void namesThatLookLikeOptionsOrAddressesAreFiles() throws IOException {
        Files.copy(media.resolve("source_file.mkv"), root.resolve("-i"));
        Files.copy(media.resolve("source_file.mkv"), root.resolve("concat:a|b.mkv"));

        completed(job(data("-i", "{\"codec\": \"copy\"}", "-y.mkv")).run());
        completed(job(data("concat:a|b.mkv", "{\"codec\": \"copy\"}", "pipe:1.mkv"))
                .run());

        assertTrue(Files.exists(root.resolve("-y.mkv")));
        assertTrue(Files.exists(root.resolve("pipe:1.mkv")));
    }

    @Test
    void aSourceMayBeReplacedByItsOwnEncode() throws IOException {
        Files.delete(root.resolve("source_file.mkv")); // the link to what other tests use
        Files.copy(media.resolve("source_file.mkv"), root.resolve("source_file.mkv"));
        String data = data("source_file.mkv", "{\"codec\": \"ffv1\"}", "source_file.mkv");

        HarnessRun run = completed(job(data.replace("{\"sources\"", "{\"overwrite\": true, \"sources\""))
                .run());

        assertEquals(List.of("video ffv1"), streams(run));
    }

    @Test
    void twoPassesShareTheirLogInTheWorkFolder() throws IOException {
        for (int pass = 1; pass <= 2; pass++) {
            String options = "{\"codec\": \"libx264\", \"b\": \"20k\", \"pass\": %d, \"passlogfile\": \"first\"}"
                    .formatted(pass);
            completed(job(data("source_file.mkv", options, "pass-" + pass + ".mkv"))
                    .run());
        }

        try (Stream<Path> names = Files.list(folder)) {
            assertTrue(names.anyMatch(name -> name.getFileName().toString().startsWith("first")));
        }
    }

    @Test
    void aMissingStreamIsNamedBeforeAnythingRuns() {
        HarnessRun run = job("""
                {"sources": ["source_file_2.ac3"], "source_maps": [{"source": 0, "specifier": "v", "stream": 0}],
                 "output_maps": [], "output_file": "out.mkv"}""").run();

        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        assertEquals(
                "source_maps[0] finds no video stream 0 in source_file_2.ac3, which has 1 audio; name one of them, or set optional.",
                said(run));
    }

    @Test
    void aMissingStreamMayBeOptional() {
        HarnessRun run = completed(job("""
                {"sources": ["source_file_2.ac3"],
                 "source_maps": [{"source": 0, "specifier": "v", "stream": 0, "optional": true}, {"source": 0, "specifier": "a"}],
                 "output_maps": [{"specifier": "v", "stream": 0, "options": {"codec": "copy"}}, {"specifier": "a", "options": {"codec": "flac"}}],
                 "output_file": "out.mkv"}""").run());

        assertEquals(List.of("audio flac"), streams(run));
        assertTrue(
                run.lines()
                        .contains(
                                "output_maps[0] names a stream that the source maps do not put into the output file; its options have no effect."),
                () -> run.lines().toString());
    }

    @Test
    void aSourceThatIsNoMediaIsRefusedInTheWordsOfFfprobe() throws IOException {
        Files.writeString(root.resolve("text.mkv"), "no media at all");

        HarnessRun run = job(data("text.mkv", "{}", "out.mkv")).run();

        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        assertTrue(said(run).startsWith("sources[0] is text.mkv, which ffprobe cannot read: "), said(run));
        assertTrue(said(run).contains("Invalid data found when processing input"), said(run));
    }

    @Test
    void playlistsReachNothing() throws IOException {
        Path outside = Files.copy(media.resolve("source_file.mkv"), folder.resolve("outside.mkv"));
        Files.writeString(
                root.resolve("list.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + outside + "\n#EXT-X-ENDLIST\n");
        Files.writeString(root.resolve("list.txt"), "ffconcat version 1.0\nfile source_file.mkv\n");

        for (String list : List.of("list.m3u8", "list.txt")) {
            HarnessRun run = job(data(list, "{\"codec\": \"copy\"}", "out.mkv")).run();
            assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), list);
            assertTrue(said(run).contains("Format not on whitelist"), said(run));
        }
        assertFalse(Files.exists(root.resolve("out.mkv")));
    }

    @Test
    void addressesAndFilesElsewhereAreNoSources() throws IOException {
        Path outside = Files.copy(media.resolve("source_file.mkv"), folder.resolve("outside.mkv"));

        for (String source : List.of("http://example.com/a.mkv", "../outside.mkv", outside.toString(), "pipe:0", ".")) {
            HarnessRun run =
                    job(data(source, "{\"codec\": \"copy\"}", "out.mkv")).run();
            assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), source);
            assertTrue(said(run).startsWith("sources[0] is \"" + source + "\", which "), said(run));
        }
    }

    @Test
    void seriesAndPlaylistsAreNoOutput() {
        for (String output : List.of("frame-%03d.png", "list.m3u8", "LIST.MPD")) {
            HarnessRun run = job(data("source_file.mkv", "{}", output)).run();
            assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), output);
            assertTrue(said(run).startsWith("output_file is " + output + ", "), said(run));
        }
    }

    @Test
    void aRefusedOptionIsQuotedFromFfmpeg() {
        HarnessRun unknown = job(data("source_file.mkv", "{\"no_such_option\": 1}", "out.mkv"))
                .run();
        HarnessRun wrong = job(data("source_file.mkv", "{\"codec\": \"no-such-codec\"}", "out.mkv"))
                .run();

        assertEquals(Outcome.RUN_FAILED, unknown.outcome());
        assertTrue(
                said(unknown).startsWith("ffmpeg ended with exit code 1: Unrecognized option 'no_such_option:v:0'."),
                said(unknown));
        assertTrue(said(wrong).contains("Unknown encoder 'no-such-codec'"), said(wrong));
    }

    @Test
    void aFailedEncodeLeavesTheFormerFile() throws IOException {
        Files.writeString(root.resolve("out.mkv"), "former");
        String data = data("source_file.mkv", "{\"codec\": \"mpeg4\", \"b\": \"nonsense\"}", "out.mkv");

        HarnessRun kept = job(data).run();
        HarnessRun failed = job(data.replace("{\"sources\"", "{\"overwrite\": true, \"sources\""))
                .run();

        assertEquals("output_file is \"out.mkv\", which exists already; remove it, or set overwrite.", said(kept));
        assertEquals(Outcome.RUN_FAILED, failed.outcome());
        assertEquals("former", Files.readString(root.resolve("out.mkv")));
    }

    @Test
    void aQuestionToFfmpegIsNoEncode() {
        HarnessRun run = job(data("source_file.mkv", "{}", "out.mkv")
                        .replace("{\"sources\"", "{\"input_options\": {\"version\": \"x\"}, \"sources\""))
                .run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertTrue(said(run).startsWith("ffmpeg ended without writing anything to "), said(run));
    }

    @Test
    void aSourceThatAnEarlierTaskMakesIsExaminedWhenTheTaskBegins() {
        HarnessRun run = job(data("later.mkv", "{\"codec\": \"copy\"}", "out.mkv"))
                .earlierOutputs(root.resolve("later.mkv"))
                .run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertTrue(said(run).startsWith("sources[0] is later.mkv, which ffprobe cannot read: "), said(run));
    }
}

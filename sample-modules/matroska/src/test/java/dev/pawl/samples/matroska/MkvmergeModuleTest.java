package dev.pawl.samples.matroska;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module mkvmerge with the real program, with job data as older job files have it. */
@NeedsProgram({"mkvmerge", "ffmpeg"})
final class MkvmergeModuleTest {

    @TempDir
    static Path media;

    @TempDir
    Path folder;

    private Path root;

    @BeforeAll
    static void makeMedia() throws Exception {
        Media.movie(media.resolve("movie.mkv"));
        Media.sound(media.resolve("sound.ac3"));
    }

    @BeforeEach
    void fillRoot() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        Files.copy(media.resolve("movie.mkv"), root.resolve("movie.mkv"));
        Files.copy(media.resolve("sound.ac3"), root.resolve("sound.ac3"));
        Media.subtitles(root.resolve("full_eng.srt"));
        Media.font(root.resolve("test.ttf"));
    }

    private JobHarness job(String data) throws IOException {
        return JobHarness.of(MkvmergeModule::new)
                .inputs(JSON.std.mapFrom(data.replace("ROOT", root.toString())))
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

    private static final String FULL_EXAMPLE = """
            {
              "sources": [
                {"filename": "ROOT/movie.mkv", "options": {"no-chapters": null}},
                {"filename": "sound.ac3"},
                {"filename": "full_eng.srt"}
              ],
              "tracks": [
                {"source": 0, "track": 0,
                 "options": {"language": "und", "default-track": "yes", "track-name": "Awesome Newly Muxed Video"}},
                {"source": 1, "track": 0,
                 "options": {"language": "jpn", "default-track": "yes", "track-name": "Dolby Digital 5.1"}},
                {"source": 0, "track": 1,
                 "options": {"language": "eng", "default-track": "no", "track-name": "Stereo 2.0"}},
                {"source": 2, "track": 0,
                 "options": {"language": "eng", "default-track": "yes", "track-name": "Full Subtitles"}}
              ],
              "options": {"no-global-tags": null, "no-track-tags": null, "title": "Awesome Newly Muxed Video"},
              "attachments": [
                {"name": "Cool Open Source Font", "filename": "test.ttf", "mime_type": "application/x-truetype-font"}
              ],
              "attachment_directories": ["fonts"],
              "output_file": "out.mkv"
            }
            """;

    @Test
    void theFullExampleOfTheOlderDocumentationMakesTheFileItDescribes() throws Exception {
        Files.createDirectories(root.resolve("fonts/deeper"));
        Files.writeString(root.resolve("fonts/a.txt"), "a");
        Media.font(root.resolve("fonts/b.ttf"));
        Media.font(root.resolve("fonts/deeper/c.ttf"));

        HarnessRun run = complete(job(FULL_EXAMPLE));

        Path out = root.resolve("out.mkv");
        assertEquals(List.of("video/und", "audio/jpn", "audio/eng", "subtitles/eng"), Media.tracks(out));
        Map<String, Object> contents = Media.contents(out);
        assertTrue(contents.toString().contains("title=Awesome Newly Muxed Video"), contents.toString());
        List<?> attachments = (List<?>) contents.get("attachments");
        assertEquals(
                List.of("Cool Open Source Font application/x-truetype-font", "a.txt text/plain", "b.ttf font/ttf"),
                attachments.stream()
                        .map(attachment -> (Map<?, ?>) attachment)
                        .map(attachment -> attachment.get("file_name") + " " + attachment.get("content_type"))
                        .toList());
        Map<String, Object> result = run.results().get(0);
        assertEquals(out.toString(), result.get("output_file"));
        assertEquals(Files.size(out), ((Number) result.get("size")).longValue());
        Map<?, ?> second = (Map<?, ?>) ((List<?>) result.get("tracks")).get(1);
        assertEquals(
                Map.of(
                        "id",
                        1,
                        "type",
                        "audio",
                        "codec",
                        "AC-3",
                        "language",
                        "jpn",
                        "name",
                        "Dolby Digital 5.1",
                        "default",
                        true),
                second);
        assertEquals(3, result.get("attachments"));
        assertEquals(100.0, run.percent());
        assertEquals(List.of("fonts", "full_eng.srt", "movie.mkv", "out.mkv", "sound.ac3", "test.ttf"), names());
    }

    @Test
    void noTrackIsCopiedThatIsNotAskedFor() throws Exception {
        complete(job("""
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-subtitles-tracks": null}}],
                 "tracks": [{"source": 0, "track": 2}], "output_file": "out.mkv"}
                """));

        assertEquals(List.of("audio/eng", "subtitles/jpn"), Media.tracks(root.resolve("out.mkv")));
    }

    @Test
    void allTracksOfATypeAreCopiedByItsOption() throws Exception {
        complete(job("""
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-video-tracks": true, "_copy-audio-tracks": null}}],
                 "output_file": "out.mkv"}
                """));

        assertEquals(List.of("video/und", "audio/jpn", "audio/eng"), Media.tracks(root.resolve("out.mkv")));
    }

    @Test
    void namesThatMeanSomethingToTheProgramAreOnlyNames() throws Exception {
        Path odd = Files.createDirectory(root.resolve("@odd (é) [日本] = +"));
        Files.move(root.resolve("movie.mkv"), odd.resolve("-+=@(mövie %d,x.mkv"));
        Media.font(odd.resolve("@f.ttf"));

        complete(job("""
                {"sources": [{"filename": "@odd (é) [日本] = +/-+=@(mövie %d,x.mkv"}],
                 "tracks": [{"source": 0, "track": 0, "options": {"track-name": "@/etc/passwd"}}],
                 "options": {"title": "@/etc/passwd"},
                 "attachments": [{"filename": "@odd (é) [日本] = +/@f.ttf"}],
                 "output_file": "@odd (é) [日本] = +/--%c,@.mkv"}
                """));

        String contents = Media.contents(odd.resolve("--%c,@.mkv")).toString();
        assertTrue(contents.contains("title=@/etc/passwd"), contents);
        assertTrue(contents.contains("track_name=@/etc/passwd"), contents);
        assertTrue(contents.contains("file_name=@f.ttf"), contents);
    }

    @Test
    void chaptersFromAFileAreTakenAndOneOutsideIsRefused() throws Exception {
        Media.chapters(root.resolve("chapters.txt"));
        Media.chapters(folder.resolve("outside.txt"));
        String data = """
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-video-tracks": null}}],
                 "options": {"chapters": "FILE"}, "output_file": "out.mkv"}
                """;

        complete(job(data.replace("FILE", "chapters.txt")));
        assertTrue(Media.contents(root.resolve("out.mkv")).toString().contains("num_entries=2"));

        String refusal = message(job(data.replace("FILE", "../outside.txt")).run(), Outcome.VALIDATION_FAILED);
        assertTrue(refusal.startsWith("options.chapters is \"../outside.txt\", which is refused: "), refusal);
    }

    @Test
    void attachmentsAndFoldersOutsideAreRefusedEvenThroughLinks() throws Exception {
        Path secret = Files.writeString(folder.toRealPath().resolve("secret.txt"), "secret");
        Files.createDirectory(root.resolve("fonts"));
        Files.createSymbolicLink(root.resolve("fonts/link.ttf"), secret);
        String data = """
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-video-tracks": null}}],
                 "attachment_directories": ["fonts"], "output_file": "out.mkv"}
                """;

        String refusal = message(job(data).run(), Outcome.VALIDATION_FAILED);

        assertTrue(
                refusal.startsWith("attachment_directories[0] is \"" + root + "/fonts/link.ttf\", which is refused: "),
                refusal);
        assertFalse(Files.exists(root.resolve("out.mkv")));
    }

    @Test
    void aTrackThatIsNotThereIsRefusedBeforeAnythingRuns() throws Exception {
        String data = """
                {"sources": [{"filename": "movie.mkv"}], "tracks": [{"source": 0, "track": 9}], "output_file": "out.mkv"}
                """;

        assertEquals(
                "tracks[0].track is 9, but \"movie.mkv\" has the tracks 0 (video, und), 1 (audio, jpn), 2 (audio, eng), 3 (subtitles, jpn).",
                message(job(data).run(), Outcome.VALIDATION_FAILED));
    }

    @Test
    void aSourceThatIsNoMediaFileOrMissingIsRefused() throws Exception {
        String data =
                "{\"sources\": [{\"filename\": \"NAME\"}], \"tracks\": [{\"source\": 0, \"track\": 0}], \"output_file\": \"o.mkv\"}";

        assertEquals(
                "sources[0].filename is \"test.ttf\", which is of no type that mkvmerge supports.",
                message(job(data.replace("NAME", "test.ttf")).run(), Outcome.VALIDATION_FAILED));
        assertTrue(message(job(data.replace("NAME", "gone.mkv")).run(), Outcome.VALIDATION_FAILED)
                .startsWith("sources[0].filename is \"gone.mkv\", which does not exist"));
    }

    @Test
    void aSourceThatAnEarlierTaskMakesIsCheckedWhenTheTaskBegins() throws Exception {
        String data = """
                {"sources": [{"filename": "later.mkv"}], "tracks": [{"source": 0, "track": 0}], "output_file": "out.mkv"}
                """;

        String failure =
                message(job(data).earlierOutputs(root.resolve("later.mkv")).run(), Outcome.RUN_FAILED);

        assertEquals(
                "sources[0].filename is \"later.mkv\": The file '" + root
                        + "/later.mkv' could not be opened for reading: open file error.",
                failure);
    }

    @Test
    void anErrorOfTheProgramIsPassedOnInItsOwnWords() throws Exception {
        Files.write(root.resolve("out.mkv"), new byte[] {1, 2, 3});
        String data = """
                {"sources": [{"filename": "movie.mkv"}],
                 "tracks": [{"source": 0, "track": 0, "options": {"language": "klingonese"}}], "output_file": "out.mkv"}
                """;

        String failure = message(job(data).run(), Outcome.RUN_FAILED);

        assertTrue(failure.startsWith("mkvmerge: 'klingonese' is not a valid IETF BCP 47"), failure);
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(root.resolve("out.mkv")), "what was there stays");
        assertEquals(List.of("full_eng.srt", "movie.mkv", "out.mkv", "sound.ac3", "test.ttf"), names());
    }

    @Test
    void anUnknownOptionIsRefusedWithTheProgramsOwnWords() throws Exception {
        String data = """
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-video-tracks": null}}],
                 "options": {"titel": "Awesome"}, "output_file": "out.mkv"}
                """;

        assertEquals(
                "options.titel is no option that this module knows; mkvmerge says: The file '--titel' could not be opened for reading: open file error.",
                message(job(data).run(), Outcome.VALIDATION_FAILED));
    }

    @Test
    void warningsOfTheProgramAreLoggedAndTheTaskCompletes() throws Exception {
        HarnessRun run = complete(job("""
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-video-tracks": null, "default-track": "9:yes"}}],
                 "output_file": "out.mkv"}
                """));

        assertTrue(
                run.lines().stream()
                        .anyMatch(line -> line.contains("A track with the ID 9 was requested but not found")),
                run.lines().toString());
        assertTrue(
                run.lines().stream().anyMatch(line -> line.contains("mkvmerge completed with warnings.")),
                run.lines().toString());
    }

    @Test
    void aSourceIsNotReplacedByTheOutput() throws Exception {
        String data = """
                {"sources": [{"filename": "movie.mkv"}], "tracks": [{"source": 0, "track": 0}], "output_file": "./movie.mkv"}
                """;

        assertTrue(
                message(job(data).run(), Outcome.VALIDATION_FAILED).contains("which sources[0].filename names, too"));
    }

    @Test
    void aResumedTaskDoesNotMuxAgain() throws Exception {
        JobHarness job = job("""
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-video-tracks": null}}], "output_file": "out.mkv"}
                """);
        job.killAtEmit(1);
        assertEquals(Outcome.KILLED, job.run().outcome());
        Object key = Files.readAttributes(root.resolve("out.mkv"), BasicFileAttributes.class)
                .fileKey();

        HarnessRun run = complete(job);

        assertEquals(1, run.results().size());
        assertEquals(
                key,
                Files.readAttributes(root.resolve("out.mkv"), BasicFileAttributes.class)
                        .fileKey());
    }

    @Test
    void aTaskThatIsPausedWhenItsFileIsWholeNamesItInTheNextRun() throws Exception {
        JobHarness job = job("""
                {"sources": [{"filename": "movie.mkv", "options": {"_copy-video-tracks": null}}], "output_file": "out.mkv"}
                """);
        job.pauseAtCheckpoint(1);
        assertEquals(Outcome.PAUSED, job.run().outcome());
        assertFalse(Files.exists(root.resolve("out.mkv")));

        complete(job);

        assertEquals(List.of("video/und"), Media.tracks(root.resolve("out.mkv")));
        assertEquals(List.of("full_eng.srt", "movie.mkv", "out.mkv", "sound.ac3", "test.ttf"), names());
    }

    @Test
    void aStopEndsTheProgramWithinASecondAndLeavesNoFile() throws Exception {
        Media.silence(root.resolve("long.wav"), 2L << 30);
        JobHarness job = job("""
                {"sources": [{"filename": "long.wav"}], "tracks": [{"source": 0, "track": 0}], "output_file": "out.mkv"}
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
        assertTrue(taken.compareTo(Duration.ofSeconds(1)) < 0, "The stop took " + taken + ".");
        assertEquals(List.of("full_eng.srt", "long.wav", "movie.mkv", "sound.ac3", "test.ttf"), names());
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

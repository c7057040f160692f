package dev.pawl.samples.matroska;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;

/** The module mkvmerge with the real program, with job data as older job files have it. */
@NeedsProgram({"mkvmerge", "ffmpeg"})
final class MkvmergeModuleTest extends MkvmergeJobs {

    /** Ample for a busy machine, and less than what is stopped would take to its own end. */
    private static final Duration MOST_FOR_A_STOP = Duration.ofSeconds(5);

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
    void theTestFileOfTheOlderLibraryRunsAsItIs() throws Exception {
        complete(job("""
                {
                  "sources": [
                    {"filename": "movie.mkv", "options": {"_copy-video-tracks": true}},
                    {"filename": "sound.ac3"},
                    {"filename": "full_eng.srt"}
                  ],
                  "tracks": [
                    {"source": 0, "track": 0,
                     "options": {"language": "und", "default-track": "yes", "title": "Awesome Newly Muxed Video"}},
                    {"source": 1, "track": 0, "options": {"language": "jpn", "default-track": "yes"}},
                    {"source": 0, "track": 1, "options": {"language": "eng", "default-track": "no"}},
                    {"source": 2, "track": 0,
                     "options": {"language": "eng", "default-track": "yes", "track-name": "Full Subtitles"}}
                  ],
                  "output_file": "awesome.mkv",
                  "options": {"no-global-tags": null, "no-track-tags": null, "title": "Awesome Newly Muxed Video"},
                  "attachments": [{"name": "test font", "filename": "test.ttf", "mime_type": "INSERT_MIME_HERE"}]
                }
                """));

        assertEquals(
                List.of("video/und", "audio/jpn", "audio/eng", "subtitles/eng"),
                Media.tracks(root.resolve("awesome.mkv")));
    }

    @Test
    void theMuxingTaskOfTheJobInTheOlderDocumentationRunsAsItIs() throws Exception {
        Files.move(root.resolve("movie.mkv"), root.resolve("output_file.mkv"));

        complete(job("""
                {
                  "sources": [{"filename": "output_file.mkv"}],
                  "tracks": [
                    {"source": 0, "track": 0, "options": {"language": "eng", "default-track": "yes", "track-name": "A video"}},
                    {"source": 0, "track": 1,
                     "options": {"language": "jpn", "default-track": "yes", "track-name": "Stereo (OPUS)"}},
                    {"source": 0, "track": 2,
                     "options": {"language": "eng", "default-track": "no", "track-name": "Stereo (OPUS)"}},
                    {"source": 0, "track": 3, "options": {"language": "eng", "default-track": "yes", "track-name": "Subtitles"}}
                  ],
                  "output_file": "film.mkv",
                  "options": {"no-global-tags": null, "no-track-tags": null, "title": "A video"}
                }
                """));

        assertEquals(
                List.of("video/eng", "audio/jpn", "audio/eng", "subtitles/eng"),
                Media.tracks(root.resolve("film.mkv")));
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
    void aStopEndsTheProgramSoonAndLeavesNoFile() throws Exception {
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
        assertTrue(taken.compareTo(MOST_FOR_A_STOP) < 0, "The stop took " + taken + ".");
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

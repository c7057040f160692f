package dev.pawl.samples.matroska;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module mkvextract with the real program, with job data as older job files have it. */
@NeedsProgram({"mkvmerge", "mkvextract", "ffmpeg"})
final class MkvextractModuleTest {

    @TempDir
    static Path media;

    @TempDir
    Path folder;

    private Path root;

    @BeforeAll
    static void makeMedia() throws Exception {
        Media.movie(media.resolve("movie.mkv"));
        Media.whole(media.resolve("movie.mkv"), media.resolve("whole.mkv"));
    }

    @BeforeEach
    void fillRoot() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        Files.copy(media.resolve("whole.mkv"), root.resolve("source_file.mkv"));
        Files.copy(media.resolve("movie.mkv"), root.resolve("plain.mkv"));
    }

    private JobHarness job(String data) throws IOException {
        return JobHarness.of(MkvextractModule::new)
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

    private String refusal(String data) throws IOException {
        HarnessRun run = job(data).run();
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), () -> run.thrown() + " " + run.lines());
        return String.valueOf(run.thrown().getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }

    @Test
    void theFullExampleOfTheOlderDocumentationExtractsEverything() throws Exception {
        HarnessRun run = complete(job("""
                {
                  "source": "source_file.mkv",
                  "tracks": [{"id": 0, "track_type": "subtitles", "language": "jpn", "filename": "subtitles.srt"}],
                  "attachments": [{"id": 0, "filename": "cool_font.ttf"}],
                  "chapters": "chapters.xml",
                  "tags": "tags.xml",
                  "timestamps": [{"id": 0, "filename": "timestamps_v2.txt"}],
                  "cues": [{"id": 0, "filename": "cue_information.txt"}]
                }
                """));

        assertTrue(read("subtitles.srt").contains("Hello"));
        assertArrayEquals(new byte[] {0, 1, 0, 0, 0, 0}, Files.readAllBytes(root.resolve("cool_font.ttf")));
        assertTrue(read("chapters.xml").contains("<ChapterString>Two</ChapterString>"));
        assertTrue(read("tags.xml").contains("<Tags>"));
        assertTrue(read("timestamps_v2.txt").startsWith("# timestamp format v2\n"), read("timestamps_v2.txt"));
        assertTrue(read("cue_information.txt").contains("timestamp=00:00:00"));
        assertEquals(6, run.results().size());
        assertEquals(
                Map.of(
                        "output_file",
                        root.resolve("subtitles.srt").toString(),
                        "size",
                        (int) Files.size(root.resolve("subtitles.srt")),
                        "from",
                        "tracks[0]",
                        "id",
                        3,
                        "track",
                        Map.of(
                                "id",
                                3,
                                "type",
                                "subtitles",
                                "codec",
                                "SubRip/SRT",
                                "language",
                                "jpn",
                                "default",
                                false)),
                run.results().get(0));
        assertEquals(100.0, run.percent());
        assertEquals(8, names().size(), names().toString());
    }

    @Test
    void aTrackIsFoundByIdTypeAndLanguage() throws Exception {
        HarnessRun run = complete(job("""
                {
                  "source": "source_file.mkv",
                  "tracks": [
                    {"id": 1, "filename": "by-id"},
                    {"id": 1, "track_type": "audio", "filename": "by-type"},
                    {"id": 1, "language": "ja", "filename": "by-language"}
                  ]
                }
                """));

        assertEquals(
                List.of(1, 2, 3),
                run.results().stream().map(result -> result.get("id")).toList());
    }

    @Test
    void anAttachmentIsNamedByItsIdAsTheProgramCounts() throws Exception {
        complete(job("{\"source\": \"source_file.mkv\", \"attachments\": [{\"id\": 1, \"filename\": \"f.ttf\"}]}"));

        assertEquals(6, Files.size(root.resolve("f.ttf")));
        assertEquals(
                "attachments[0].id is 2, but \"source_file.mkv\" has the attachments [1].",
                refusal("{\"source\": \"source_file.mkv\", \"attachments\": [{\"id\": 2, \"filename\": \"f.ttf\"}]}"));
        assertEquals(
                "attachments[0].id is 0, but \"plain.mkv\" has no attachments.",
                refusal("{\"source\": \"plain.mkv\", \"attachments\": [{\"id\": 0, \"filename\": \"f.ttf\"}]}"));
    }

    @Test
    void aPartThatTheSourceDoesNotHaveIsAWarning() throws Exception {
        Files.writeString(root.resolve("chapters.xml"), "old");

        HarnessRun run =
                complete(job("{\"source\": \"plain.mkv\", \"chapters\": \"chapters.xml\", \"tags\": \"tags.xml\"}"));

        assertTrue(
                run.lines().stream().anyMatch(line -> line.contains("The source has nothing for chapters")),
                run.lines().toString());
        assertEquals(1, run.results().size());
        assertEquals("old", read("chapters.xml"));
    }

    @Test
    void theSourceAndEachOutputAreCheckedBeforeAnythingRuns() throws Exception {
        assertEquals(
                "tracks[0] asks for the track 0 of those of the type video in eng, but \"plain.mkv\" has the tracks 0 (video, und), "
                        + "1 (audio, jpn), 2 (audio, eng), 3 (subtitles, jpn).",
                refusal(
                        "{\"source\": \"plain.mkv\", \"tracks\": [{\"id\": 0, \"track_type\": \"video\", \"language\": \"eng\", \"filename\": \"x\"}]}"));
        assertTrue(refusal("{\"source\": \"plain.mkv\", \"cues\": [{\"id\": 4, \"filename\": \"x\"}]}")
                .startsWith("cues[0].id is 4, but \"plain.mkv\" has the tracks"));
        assertEquals(
                "tags is \"./x\", which chapters writes already; give each a file of its own.",
                refusal("{\"source\": \"plain.mkv\", \"chapters\": \"x\", \"tags\": \"./x\"}"));
        assertTrue(refusal("{\"source\": \"plain.mkv\", \"chapters\": \"plain.mkv\"}")
                .contains("which is the source"));
        assertTrue(refusal("{\"source\": \"plain.mkv\"}").startsWith("Nothing is to be extracted"));
        assertTrue(refusal("{\"source\": \"plain.mkv\", \"chapters\": \"../x\"}")
                .startsWith("chapters is \"../x\", which is refused"));
        assertTrue(refusal("{\"source\": \"plain.mkv\", \"chapters\": \"none/x\"}")
                .startsWith("chapters is \"none/x\", but there is no folder"));
        Media.subtitles(root.resolve("s.srt"));
        assertTrue(refusal("{\"source\": \"s.srt\", \"chapters\": \"x\"}").contains("which is no Matroska file"));
        assertEquals(List.of("plain.mkv", "s.srt", "source_file.mkv"), names());
    }

    @Test
    void namesThatMeanSomethingToTheProgramAreOnlyNames() throws Exception {
        complete(
                job(
                        "{\"source\": \"plain.mkv\", \"tracks\": [{\"id\": 3, \"filename\": \"@1:é, tracks.srt\"}], \"tags\": \"--tags\"}"));

        assertTrue(read("@1:é, tracks.srt").contains("Hello"));
        assertTrue(read("--tags").contains("<Tags>"));
    }

    @Test
    void aFailureLeavesNeitherOutputsNorLeftovers() throws Exception {
        HarnessRun run = job("""
                {"source": "plain.mkv", "tags": "t.xml", "tracks": [{"id": 1, "filename": "a"}, {"id": 1, "filename": "b"}]}
                """).run();

        assertEquals(Outcome.RUN_FAILED, run.outcome(), run.lines().toString());
        assertEquals(
                "mkvextract: The ID '1' has already been used for another destination file.",
                run.thrown().getMessage());
        assertEquals(List.of("plain.mkv", "source_file.mkv"), names());
    }

    @Test
    void aResumedTaskExtractsOnlyWhatIsMissing() throws Exception {
        JobHarness job =
                job("{\"source\": \"source_file.mkv\", \"chapters\": \"chapters.xml\", \"tags\": \"tags.xml\"}");
        job.pauseAtCheckpoint(2);
        assertEquals(Outcome.PAUSED, job.run().outcome());
        Files.writeString(root.resolve("chapters.xml"), "made by the first run");

        HarnessRun run = complete(job);

        assertEquals("made by the first run", read("chapters.xml"));
        assertEquals(2, run.results().size());
        assertEquals(List.of("chapters.xml", "plain.mkv", "source_file.mkv", "tags.xml"), names());
    }

    @Test
    void aVobSubTrackIsTwoFilesWhateverEndingTheNameHas() throws Exception {
        Media.vobSub(root.resolve("dvd.mkv"));

        HarnessRun run =
                complete(job("{\"source\": \"dvd.mkv\", \"tracks\": [{\"id\": 0, \"filename\": \"english\"}]}"));

        assertTrue(read("english.idx").contains("timestamp: 00:00:00:000"));
        assertEquals(2048, Files.size(root.resolve("english.sub")));
        assertEquals(
                root.resolve("english.sub").toString(), run.results().get(0).get("pictures_file"));
        assertEquals(
                "tags is \"a.sub\", which tracks[0] writes already; give each a file of its own.",
                refusal(
                        "{\"source\": \"dvd.mkv\", \"tracks\": [{\"id\": 0, \"filename\": \"a.x\"}], \"tags\": \"a.sub\"}"));
        assertEquals(0, names().stream().filter(name -> name.startsWith(".")).count(), names().toString());
    }
}

package dev.pawl.samples.matroska;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checks of the module mkvmerge before it runs, and names of files that mean something to the program. */
@NeedsProgram({"mkvmerge", "ffmpeg"})
final class MkvmergeChecksTest extends MkvmergeJobs {

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
    void aSourceIsNotReplacedByTheOutput() throws Exception {
        String data = """
                {"sources": [{"filename": "movie.mkv"}], "tracks": [{"source": 0, "track": 0}], "output_file": "./movie.mkv"}
                """;

        assertTrue(
                message(job(data).run(), Outcome.VALIDATION_FAILED).contains("which sources[0].filename names, too"));
    }

    @Test
    void aPlaylistIsNoSource() {
        Identification contents = Identification.of(Map.of(
                "container",
                Map.of("recognized", true, "supported", true, "type", "MPEG", "properties", Map.of("playlist", true))));

        assertTrue(contents.isPlaylist());
        assertFalse(contents.isMatroska());
    }
}

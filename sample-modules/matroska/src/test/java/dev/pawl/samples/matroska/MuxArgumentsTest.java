package dev.pawl.samples.matroska;

import static dev.pawl.samples.matroska.MuxData.OUTPUT;
import static dev.pawl.samples.matroska.MuxData.arguments;
import static dev.pawl.samples.matroska.MuxData.inputs;
import static dev.pawl.samples.matroska.MuxData.options;
import static dev.pawl.samples.matroska.MuxData.words;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.matroska.MkvmergeModule.Attachment;
import dev.pawl.samples.matroska.MkvmergeModule.Inputs;
import dev.pawl.samples.matroska.MkvmergeModule.Source;
import dev.pawl.samples.matroska.MkvmergeModule.SourceTrack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arguments of mkvmerge for the data of the older documentation and for everything that could name a file. */
final class MuxArgumentsTest {

    @Test
    void theFullExampleOfTheDocumentation() throws ValidationException {
        Inputs inputs = new Inputs(
                List.of(
                        new Source("/mnt/server/cool_video_file_with_eng_audio.mkv", options("no-chapters", null)),
                        new Source("/mnt/server/cool_audio_file_jpn.ac3", options()),
                        new Source("/mnt/server/subtitles_full_eng.ass", options())),
                List.of(
                        new SourceTrack(
                                0,
                                0,
                                options(
                                        "language",
                                        "und",
                                        "default-track",
                                        "yes",
                                        "track-name",
                                        "Awesome Newly Muxed Video")),
                        new SourceTrack(
                                1,
                                0,
                                options("language", "jpn", "default-track", "yes", "track-name", "Dolby Digital 5.1")),
                        new SourceTrack(
                                0, 1, options("language", "eng", "default-track", "no", "track-name", "Stereo 2.0")),
                        new SourceTrack(
                                2,
                                0,
                                options("language", "eng", "default-track", "yes", "track-name", "Full Subtitles"))),
                options("no-global-tags", null, "no-track-tags", null, "title", "Awesome Newly Muxed Video"),
                List.of(new Attachment("/w/test.ttf", "Cool Open Source Font", "application/x-truetype-font", null)),
                List.of("/mnt/server/cool_fonts_and_files"),
                OUTPUT.toString());

        assertEquals(
                words(
                        "--no-global-tags",
                        "--no-track-tags",
                        "--title",
                        "Awesome Newly Muxed Video",
                        "--video-tracks",
                        "0",
                        "--audio-tracks",
                        "1",
                        "--no-subtitles",
                        "--no-buttons",
                        "--no-chapters",
                        "--language",
                        "0:und",
                        "--default-track",
                        "0:yes",
                        "--track-name",
                        "0:Awesome Newly Muxed Video",
                        "--language",
                        "1:eng",
                        "--default-track",
                        "1:no",
                        "--track-name",
                        "1:Stereo 2.0",
                        "(",
                        "/mnt/server/cool_video_file_with_eng_audio.mkv",
                        ")",
                        "--no-video",
                        "--audio-tracks",
                        "0",
                        "--no-subtitles",
                        "--no-buttons",
                        "--language",
                        "0:jpn",
                        "--default-track",
                        "0:yes",
                        "--track-name",
                        "0:Dolby Digital 5.1",
                        "(",
                        "/mnt/server/cool_audio_file_jpn.ac3",
                        ")",
                        "--no-video",
                        "--no-audio",
                        "--subtitle-tracks",
                        "0",
                        "--no-buttons",
                        "--language",
                        "0:eng",
                        "--default-track",
                        "0:yes",
                        "--track-name",
                        "0:Full Subtitles",
                        "(",
                        "/mnt/server/subtitles_full_eng.ass",
                        ")",
                        "--attachment-name",
                        "Cool Open Source Font",
                        "--attachment-mime-type",
                        "application/x-truetype-font",
                        "--attach-file",
                        "/w/test.ttf",
                        "--attachment-name",
                        "one.otf",
                        "--attach-file",
                        "/mnt/server/cool_fonts_and_files/one.otf",
                        "--attachment-name",
                        "two.ttf",
                        "--attach-file",
                        "/mnt/server/cool_fonts_and_files/two.ttf",
                        "--track-order",
                        "0:0,1:0,0:1,2:0"),
                arguments(inputs, "video audio", "audio", "subtitles"));
    }

    @Test
    void theExampleOfTheReadmeOfTheOlderLibrary() throws ValidationException {
        Inputs inputs = new Inputs(
                List.of(
                        new Source("/w/test1.mkv", options("_copy-video-tracks", null, "no-chapters", null)),
                        new Source("/w/test2.mkv", options())),
                List.of(
                        new SourceTrack(0, 0, options("language", "und", "default-track", "yes", "title", "Awesome")),
                        new SourceTrack(1, 1, options("language", "jpn", "default-track", "yes")),
                        new SourceTrack(0, 2, options("language", "eng", "default-track", "no")),
                        new SourceTrack(1, 3, options("language", "eng", "track-name", "THISISATEST"))),
                options(),
                List.of(new Attachment("/w/test.otf", null, null, null)),
                List.of(),
                OUTPUT.toString());

        assertEquals(
                words(
                        "--audio-tracks",
                        "2",
                        "--no-subtitles",
                        "--no-buttons",
                        "--no-chapters",
                        "--language",
                        "0:und",
                        "--default-track",
                        "0:yes",
                        "--title",
                        "0:Awesome",
                        "--language",
                        "2:eng",
                        "--default-track",
                        "2:no",
                        "(",
                        "/w/test1.mkv",
                        ")",
                        "--no-video",
                        "--audio-tracks",
                        "1",
                        "--subtitle-tracks",
                        "3",
                        "--no-buttons",
                        "--language",
                        "1:jpn",
                        "--default-track",
                        "1:yes",
                        "--language",
                        "3:eng",
                        "--track-name",
                        "3:THISISATEST",
                        "(",
                        "/w/test2.mkv",
                        ")",
                        "--attachment-name",
                        "test.otf",
                        "--attach-file",
                        "/w/test.otf",
                        "--track-order",
                        "0:0,1:1,0:2,1:3"),
                arguments(inputs, "video audio audio", "video audio audio subtitles"));
    }

    @Test
    void allTracksOfATypeAreCopiedWhenAskedInEitherSpelling() throws ValidationException {
        Source source = new Source(
                "/m/a.mkv",
                options(
                        "_copy-video-tracks", true,
                        "_copy-audio-tracks", null,
                        "_copy-subtitles-tracks", null,
                        "_copy-subtitle-tracks", null,
                        "_copy-buttons-tracks", false));

        assertEquals(
                words("--no-buttons", "(", "/m/a.mkv", ")"),
                arguments(inputs(List.of(source), List.of(), options()), "video"));
    }

    @Test
    void wrongPlacesAndMisspeltCopyOptionsAreNamed() {
        Source source = new Source("/m/a.mkv", options("_copy-videos", null));
        Inputs misspelt = inputs(List.of(source), List.of(), options());
        assertTrue(String.valueOf(assertThrows(ValidationException.class, () -> arguments(misspelt, "video"))
                        .getMessage())
                .startsWith("sources[0].options has _copy-videos; "));

        Inputs noSource = inputs(
                List.of(new Source("/m/a.mkv", options())), List.of(new SourceTrack(1, 0, options())), options());
        assertEquals(
                "tracks[0].source is 1, but there are 1 sources, and the first is 0.",
                assertThrows(ValidationException.class, () -> arguments(noSource, "video"))
                        .getMessage());

        Inputs noTrack = inputs(
                List.of(new Source("/m/a.mkv", options())), List.of(new SourceTrack(0, 7, options())), options());
        assertEquals(
                "tracks[0].track is 7, but \"/m/a.mkv\" has the tracks 0 (video, eng), 1 (audio, eng).",
                assertThrows(ValidationException.class, () -> arguments(noTrack, "video audio"))
                        .getMessage());
    }

    @Test
    void theTracksOfAFileThatAnEarlierTaskMakesAreNotCheckedYet() {
        Inputs inputs = inputs(
                List.of(new Source("/m/a.mkv", options())), List.of(new SourceTrack(0, 5, options())), options());

        assertDoesNotThrow(() -> arguments(inputs, ""));
    }
}

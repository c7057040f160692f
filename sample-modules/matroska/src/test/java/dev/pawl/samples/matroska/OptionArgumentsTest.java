package dev.pawl.samples.matroska;

import static dev.pawl.samples.matroska.MuxData.arguments;
import static dev.pawl.samples.matroska.MuxData.inputs;
import static dev.pawl.samples.matroska.MuxData.options;
import static dev.pawl.samples.matroska.MuxData.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.matroska.MkvmergeModule.Inputs;
import dev.pawl.samples.matroska.MkvmergeModule.Source;
import dev.pawl.samples.matroska.MkvmergeModule.SourceTrack;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The options of mkvmerge: each with what it takes, and none that names a file by the way. */
final class OptionArgumentsTest {

    private static String refusal(Map<String, @Nullable Object> options) {
        Inputs inputs = inputs(List.of(new Source("/m/a.mkv", options())), List.of(), options);
        return String.valueOf(assertThrows(ValidationException.class, () -> arguments(inputs, "video"))
                .getMessage());
    }

    @Test
    void optionsThatNameFilesNameThoseTheTaskMayRead() throws ValidationException {
        Source source = new Source("a.mkv", options("tags", "0:tags.xml", "timestamps", "1:t:s.txt"));
        SourceTrack track = new SourceTrack(0, 0, options("tags", "track.xml"));
        Map<String, @Nullable Object> global = options(
                "chapters",
                "ch.txt",
                "global-tags",
                "g.xml",
                "segment-uid",
                "0x1,=other.mkv",
                "link-to-next",
                "=n.mkv");

        assertEquals(
                words(
                        "--chapters",
                        "/films/ch.txt",
                        "--global-tags",
                        "/films/g.xml",
                        "--segment-uid",
                        "0x1,=/films/other.mkv",
                        "--link-to-next",
                        "=/films/n.mkv",
                        "--video-tracks",
                        "0",
                        "--no-audio",
                        "--no-subtitles",
                        "--no-buttons",
                        "--tags",
                        "0:/films/tags.xml",
                        "--timestamps",
                        "1:/films/t:s.txt",
                        "--tags",
                        "0:/films/track.xml",
                        "(",
                        "/films/a.mkv",
                        ")",
                        "--track-order",
                        "0:0"),
                arguments(inputs(List.of(source), List.of(track), global), "video"));
    }

    @Test
    void nothingSlipsInAsTheNameOfASource() {
        assertEquals(
                "options.no-date is \"/etc/passwd\", but this option takes no value; give null, or false to leave it out.",
                refusal(options("no-date", "/etc/passwd")));
        assertEquals("options.title is null, but this option takes a value.", refusal(options("title", null)));
        assertEquals(
                "options.foo is no option that this module knows; mkvmerge says: no such option --foo",
                refusal(options("foo", "/etc/passwd")));
        assertTrue(refusal(options("output", "/etc/cron.d/x")).startsWith("options.output is refused: "));
        assertTrue(refusal(options("redirect-output", "/etc/x")).startsWith("options.redirect-output is refused: "));
        assertTrue(refusal(options("split", "10s")).startsWith("options.split is refused: "));
        assertTrue(refusal(options("title", List.of("a"))).startsWith("options.title is [a]; it takes a text"));
        assertTrue(refusal(options("tags", "x")).contains("the id of a track, a colon, and the name of a file"));
    }

    @Test
    void aFlagThatIsFalseIsLeftOutAndATrackOptionMayStandAlone() throws ValidationException {
        SourceTrack track = new SourceTrack(0, 0, options("reduce-to-core", null, "default-track-flag", 1));

        assertEquals(
                words(
                        "--no-date",
                        "--no-video",
                        "--audio-tracks",
                        "0",
                        "--no-subtitles",
                        "--no-buttons",
                        "--reduce-to-core",
                        "0",
                        "--default-track-flag",
                        "0:1",
                        "(",
                        "/m/a.mkv",
                        ")",
                        "--track-order",
                        "0:0"),
                arguments(
                        inputs(
                                List.of(new Source("/m/a.mkv", options())),
                                List.of(track),
                                options("no-date", true, "no-cues", false)),
                        "audio"));
    }

    @Test
    void anOrderOfTracksThatIsGivenIsKept() throws ValidationException {
        List<String> arguments = arguments(
                inputs(
                        List.of(new Source("/m/a.mkv", options())),
                        List.of(new SourceTrack(0, 0, options()), new SourceTrack(0, 1, options())),
                        options("track-order", "0:1,0:0")),
                "video audio");

        assertTrue(arguments.contains("0:1,0:0"));
        assertFalse(arguments.contains("0:0,0:1"));
    }
}

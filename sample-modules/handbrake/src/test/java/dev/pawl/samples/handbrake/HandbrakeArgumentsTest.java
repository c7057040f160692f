package dev.pawl.samples.handbrake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.handbrake.HandbrakeModule.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arguments of HandBrakeCLI for the data of the older documentation and for everything that could name a file. */
final class HandbrakeArgumentsTest {

    /** The arguments for options, all in one section. */
    private static List<String> arguments(String options) throws IOException, ValidationException {
        Map<String, Object> none = Map.of();
        return arguments(
                new Inputs("in.mkv", "out.mkv", none, none, none, none, none, none, none, JSON.std.mapFrom(options)));
    }

    private static List<String> arguments(Inputs inputs) throws ValidationException {
        FileInput files = (input, name) -> Path.of("/films").resolve(name);
        return HandbrakeArguments.of(inputs, files, files, Path.of("/films/out.mkv"));
    }

    private static List<String> words(String... options) {
        List<String> words = new ArrayList<>(List.of("--json", "--input=/films/in.mkv", "--output=/films/out.mkv"));
        Collections.addAll(words, options);
        return words;
    }

    private static String refusal(String options) {
        return String.valueOf(assertThrows(ValidationException.class, () -> arguments(options))
                .getMessage());
    }

    @Test
    void theFullExampleOfTheDocumentation() throws Exception {
        Map<String, Object> none = Map.of();
        Map<String, Object> video = JSON.std.mapFrom("""
                {"encoder": "x265_10bit", "encoder_preset": "slow",
                 "encopts": {"limit-sao": 1, "bframes": 8, "psy-rd": 1, "psy-rdoq": 2, "aq-mode": 3}}
                """);
        Map<String, Object> audio = JSON.std.mapFrom("""
                {"audio": [3, 1], "aencoder": ["opus", "opus"], "aname": ["Stereo 2.0 (OPUS)", "Surround 5.1 (OPUS)"],
                 "ab": [128, 192], "mixdown": ["stereo", "5_2_lfe"]}
                """);
        Map<String, Object> subtitles = JSON.std.mapFrom("""
                {"subtitle": [2, 1], "subname": ["Full Subtitles", "Signs and Songs"], "subtitle_default": 1}
                """);

        assertEquals(
                words(
                        "--encoder=x265_10bit",
                        "--encoder-preset=slow",
                        "--encopts=limit-sao=1:bframes=8:psy-rd=1:psy-rdoq=2:aq-mode=3",
                        "--audio=3,1",
                        "--aencoder=opus,opus",
                        "--aname=Stereo 2.0 (OPUS),Surround 5.1 (OPUS)",
                        "--ab=128,192",
                        "--mixdown=stereo,5_2_lfe",
                        "--subtitle=2,1",
                        "--subname=Full Subtitles,Signs and Songs",
                        "--subtitle-default=1"),
                arguments(new Inputs("in.mkv", "out.mkv", none, none, video, audio, none, none, subtitles, none)));
    }

    @Test
    void aFilterIsGivenInEachOfItsForms() throws Exception {
        String custom = """
                {"mode": 3, "spatial_metric": 2, "motion_thresh": 1, "spatial_thresh": 1, "filter_mode": 2, "block_thresh": 40,
                 "block_width": 16, "block_height": 16}
                """;
        List<String> expected =
                words("--comb-detect=mode=3:spatial-metric=2:motion-thresh=1:spatial-thresh=1:filter-mode=2"
                        + ":block-thresh=40:block-width=16:block-height=16");

        assertEquals(expected, arguments("{\"comb_detect\": " + custom + "}"));
        assertEquals(expected, arguments("{\"comb_detect\": {\"custom\": " + custom + "}}"));
        assertEquals(words("--no-comb-detect"), arguments("{\"comb_detect\": false}"));
        assertEquals(words("--bwdif"), arguments("{\"bwdif\": true}"));
        assertEquals(words("--bwdif=bob"), arguments("{\"bwdif\": \"bob\"}"));
        assertEquals(words("--bwdif=mode=3:parity=1"), arguments("{\"bwdif\": {\"mode\": 3, \"parity\": 1}}"));
        assertEquals(words("--comb-detect=fast"), arguments("{\"comb_detect\": {\"presets\": \"fast\"}}"));
        assertEquals(words("--hqdn3d=light"), arguments("{\"hqdn3d\": {\"preset\": \"light\"}}"));
        assertEquals(words("--rotate=angle=90:hflip=1"), arguments("{\"rotate\": {\"angle\": 90, \"hflip\": true}}"));
        assertEquals(words("--no-keep-display-aspect"), arguments("{\"keep_display_aspect\": false}"));
    }

    @Test
    void theOtherFormsOfTheOlderSchema() throws Exception {
        assertEquals(
                words("--start-at=seconds:10", "--stop-at=frames:300"),
                arguments("{\"start_at\": {\"seconds\": 10}, \"stop_at\": {\"frames\": 300}}"));
        assertEquals(words("--crop=2:0:4:0"), arguments("{\"crop\": {\"left\": 4, \"top\": 2}}"));
        assertEquals(
                words("--maxHeight=720", "--maxWidth=1280", "--pixel-aspect=3:2"),
                arguments("{\"max_height\": 720, \"max_width\": 1280, \"pixel_aspect\": \"3:2\"}"));
        assertEquals(
                words("--normalize-mix=1,0", "--gain=-2.5", "--audio-lang-list=eng,jpn"),
                arguments(
                        "{\"normalize_mix\": [true, false], \"gain\": [-2.5], \"audio_lang_list\": [\"eng\", \"jpn\"]}"));
        assertEquals(words("--audio=none"), arguments("{\"audio\": null}"));
        assertEquals(words("--subtitle=none"), arguments("{\"subtitle\": false}"));
        assertEquals(words("--subtitle-forced"), arguments("{\"subtitle_forced\": true, \"srt_default\": false}"));
        assertEquals(words("--first-subtitle"), arguments("{\"first_subtitles\": true, \"all_audio\": false}"));
        assertEquals(
                words("--encopts=no-fast-pskip:bframes=3"),
                arguments("{\"encopts\": {\"no-fast-pskip\": null, \"bframes\": 3}}"));
        assertEquals(
                words("--preset=Fast 1080p30", "--quality=19"),
                arguments("{\"preset\": \"Fast 1080p30\", \"quality\": 19}"));
    }

    @Test
    void optionsThatNameFilesNameThoseTheTaskMayRead() throws Exception {
        assertEquals(
                words("--srt-file=/films/a.srt,/films/b b.srt", "--srt-lang=eng,jpn"),
                arguments("{\"srt_file\": [\"a.srt\", \"b b.srt\"], \"srt_lang\": [\"eng\", \"jpn\"]}"));
        assertEquals(words("--ssa-file=/films/a.ass"), arguments("{\"ssa_file\": \"a.ass\"}"));
        assertEquals(
                words("--preset-import-file=/films/mine.json"), arguments("{\"preset_import_file\": \"mine.json\"}"));
        assertTrue(
                refusal("{\"srt_file\": [\"a,/etc/passwd\"]}").contains("takes a comma in it for more than one file"));
        assertTrue(refusal("{\"preset_import_file\": \"a /etc/x\"}").contains("takes spaces and wildcards in it"));
        assertTrue(refusal("{\"preset_import_file\": \"*\"}").contains("takes spaces and wildcards in it"));
    }

    @Test
    void nothingElseNamesAFile() {
        for (String name : List.of(
                "input",
                "output",
                "outp",
                "i",
                "queue_import_file",
                "queue",
                "preset_export_file",
                "preset_import_gui",
                "preset_imp",
                "srt_f",
                "ssa_fil",
                "encopt",
                "scan",
                "json",
                "help",
                "version")) {
            assertTrue(refusal("{\"" + name + "\": \"/etc/x\"}").contains(" is refused: "), name);
        }
        assertEquals("options.srt-file=/etc/passwd is no name of an option.", refusal("{\"srt-file=/etc/passwd\": 1}"));
        assertEquals("options.-i is no name of an option.", refusal("{\"-i\": \"/etc/passwd\"}"));
        assertEquals("options. is no name of an option.", refusal("{\"\": \"/etc/passwd\"}"));
    }

    @Test
    void encodersReadAndWriteNoFilesOutsideTheWorkFolder() throws Exception {
        assertTrue(refusal("{\"encopts\": {\"stats\": \"/etc/x\"}}")
                .startsWith("options.encopts has \"stats=/etc/x\", the path of a file"));
        assertTrue(refusal("{\"encopts\": {\"bframes\": \"3:csv=../x\"}}").contains("\"csv=../x\""));
        assertTrue(refusal("{\"encopts\": \"bframes=3:analysis-save=/tmp/x\"}").contains("analysis-save"));
        assertTrue(refusal("{\"encopts\": {\"zones\": \"/etc/x\"}}").contains("zones"));

        assertEquals(
                words("--encopts=zones=0,100,q=20/200,300,b=0.5:fps=25/1:stats=my.log"),
                arguments(
                        "{\"encopts\": {\"zones\": \"0,100,q=20/200,300,b=0.5\", \"fps\": \"25/1\", \"stats\": \"my.log\"}}"));
    }

    @Test
    void valuesOfWrongFormsAreNamed() {
        assertEquals("options.start_at is {}; it takes one of seconds, frames and pts.", refusal("{\"start_at\": {}}"));
        assertEquals("options.ab has [1] for a text, a number, true or false.", refusal("{\"ab\": [[1]]}"));
    }
}

package dev.pawl.samples.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.ValidationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that would reach other files or addresses are refused, and those that only look like it are not. */
final class ReachingOptionsTest {

    private static ValidationException refused(String name, Object value) {
        return assertThrows(
                ValidationException.class,
                () -> Options.forOutput("options", ":v:0", Map.of(name, value)),
                name + "=" + value);
    }

    private static void allowed(String name, Object value) {
        assertDoesNotThrow(() -> Options.forOutput("options", ":v:0", Map.of(name, value)), name + "=" + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i",
                "i:v",
                "attach",
                "dump_attachment:t:0",
                "filter_script",
                "filter_complex_script",
                "progress",
                "protocol_whitelist",
                "format_whitelist",
                "enable_drefs"
            })
    void optionsThatNameFilesAreRefused(String name) {
        assertTrue(refused(name, "x").getMessage().startsWith("options." + name + " is refused: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                " /etc/passwd",
                "\\/etc/passwd",
                "'/etc/passwd'",
                "''/etc/passwd",
                "../other",
                "a/../../other",
                "..",
                "file:/etc/passwd",
                "FILE:other",
                "http://example.com/",
                "concat:a|b",
                "pipe:1",
                "tcp://example.com:80",
                "subfile,,start,0,end,9,,:a"
            })
    void valuesThatNameFilesOrAddressesAreRefused(String value) {
        String sentence = refused("stats_enc_pre", value).getMessage();

        assertEquals(
                "options.stats_enc_pre is " + value
                        + ", which names a file or an address; a job's files are named in sources and output_file alone.",
                sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subtitles=/etc/passwd",
                "subtitles=filename='/etc/passwd'",
                "scale=32:32,lut3d=file=\\/a.cube",
                "drawtext=textfile= /etc/passwd:x=1",
                "drawtext=/text=/etc/passwd",
                "metadata=print:file=file\\\\:/tmp/x",
                "metadata=print:file=\\\\'/tmp/x",
                "[in]movie=a.mkv[b];[b]null",
                "null,mo\\vie=a.mkv",
                "a'movi'e=f=alsa:filename=default",
                "split [a][b];[b] movie@x = a.mkv",
                "zmq",
                "scale=1:1 , azmq ,null",
                "sendcmd=c='0 lut3d file /x'",
                "ladspa=f=x"
            })
    void filtersThatReachFilesOrAddressesAreRefused(String graph) {
        for (String name : new String[] {"vf", "af", "filter", "filter:v", "filter_complex", "lavfi"}) {
            refused(name, graph);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scale=iw/2:-1, setpts=N/(25*TB)",
                "crop=in_w:in_h-2*32/3",
                "drawtext=text='a / b movie':x=1",
                "aresample=async=1:first_pts=0",
                "[0:v]split[a][b];[a][b]overlay",
                "pan=stereo|c0=FL|c1=FR",
                "movies",
                "fps=30000/1001"
            })
    void harmlessFiltersPass(String graph) {
        allowed("vf", graph);
    }

    @Test
    void harmlessValuesPass() {
        allowed("ss", "0:10:00");
        allowed("aspect", "16:9");
        allowed("r", "30000/1001");
        allowed("force_key_frames", "expr:gte(t,n_forced*2)");
        allowed("metadata", "url=https://example.com/../x");
        allowed("metadata:s", "title=/a/b");
        allowed("passlogfile", "first");
        allowed("vaapi_device", "/dev/dri/renderD128");
        allowed("init_hw_device", "vaapi=va:/dev/dri/renderD128,x=1");
        refused("init_hw_device", "vaapi=va:/dev/dri/../sda");
        refused("vaapi_device", "/dev/sda");
    }

    @Test
    void parametersOfEncodersAreJudgedLikeValues() {
        refused("x265-params", Map.of("csv", "/tmp/x"));
        refused("x265-params", "crf=20:stats='/tmp/x'");
        allowed("x265-params", Map.of("stats", "first.log"));
    }

    @Test
    void onlyFormatsOfASingleFileAreWritten() {
        for (String format : new String[] {"tee", "hls", "segment", "dash", "rtp", "null"}) {
            refused("f", format);
        }
        allowed("f", "matroska");
    }

    @Test
    void onlyFormatsOfASingleFileAreRead() {
        for (String format :
                new String[] {"concat", "lavfi", "hls", "image2", "v4l2", "x11grab", "alsa", "matroska,lavfi"}) {
            assertThrows(
                    ValidationException.class, () -> Options.forSources("input_options", Map.of("f", format)), format);
        }
        for (String format : new String[] {"matroska", "matroska,webm", "rawvideo", "mp4"}) {
            assertDoesNotThrow(() -> Options.forSources("input_options", Map.of("f", format)));
        }
    }
}

package dev.pawl.samples.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arguments that inputs become; the older module's documentation says which. */
final class CommandTest {

    private static final String X265_OF_STREAM_0 =
            "-codec:v:0 libx265 -crf:v:0 19 -pix_fmt:v:0 yuv420p10le -preset:v:0 slow"
                    + " -x265-params:v:0 limit-sao=1:bframes=8:psy-rd=1:psy-rdoq=2:aq-mode=3";

    @TempDir
    Path folder;

    private OrderHarness job;

    @BeforeEach
    void makeSources() throws IOException {
        job = new OrderHarness(folder.toRealPath())
                .file("source_file_1.mkv")
                .file("source_file_2.ac3")
                .file("source_file.mkv")
                .optionSet("opus-128k-stereo", OldJobFiles.OPUS)
                .optionSet("x265-dark-and-stormy", OldJobFiles.X265);
    }

    private static List<String> words(String... lines) {
        return Stream.of(lines).flatMap(line -> Stream.of(line.split(" "))).toList();
    }

    private static String opus(int stream) {
        return "-codec:a:%1$d libopus -b:a:%1$d 128k -ac:a:%1$d 2 -vbr:a:%1$d on -compression_level:a:%1$d 10 -application:a:%1$d audio"
                .formatted(stream);
    }

    /** The arguments of the one output map with these options. */
    private List<String> options(String options) {
        List<String> all = job.arguments(data(options));
        return all.subList(all.indexOf("-map") + 2, all.size() - 1);
    }

    private static String data(String options) {
        return """
                {"sources": ["source_file.mkv"], "source_maps": [{"source": 0}], "output_file": "out.mkv",
                 "output_maps": [{"specifier": "v", "stream": 0, "options": %s}]}""".formatted(options);
    }

    @Test
    void aPieceOfTwoFilesIsCalledAsItsDocumentationSays() {
        assertEquals(
                job.expected(
                        words("-ss 00:10:00 -to 00:11:00"),
                        List.of("source_file_1.mkv", "source_file_2.ac3"),
                        words(
                                "-map 0:v:0 -map 1:a:0 -map 0:s:0",
                                X265_OF_STREAM_0,
                                "-codec:a:0 libopus -b:a:0 128k -ac:a:0 2 -vbr:a:0 on -compression_level:a:0 10",
                                "-frame_duration:a:0 60 -application:a:0 audio",
                                "-codec:s:0 copy")),
                job.arguments(OldJobFiles.PIECE));
    }

    @Test
    void anOptionSetStandsWhereItsOptionsWould() {
        assertEquals(
                job.expected(
                        words("-ss 0:10:00 -to 0:20:00"),
                        List.of("source_file_1.mkv", "source_file_2.ac3"),
                        words("-map 0:v:0 -map 1:a:0 -map 0:s:0", X265_OF_STREAM_0, opus(0), "-codec:s:0 copy")),
                job.arguments(OldJobFiles.PIECE_WITH_OPTION_SET));
    }

    @Test
    void anOptionSetServesSeveralStreams() {
        assertEquals(
                job.expected(
                        List.of(),
                        List.of("source_file.mkv"),
                        words(
                                "-map 0:v:0 -map 0:a:2 -map 0:a:0 -map 0:s:0 -map 0:s:1",
                                X265_OF_STREAM_0,
                                opus(0),
                                opus(1),
                                "-codec:s:0 copy")),
                job.arguments(OldJobFiles.FIRST_OF_SEVERAL));
    }

    @Test
    void theOptionsOfASetReplaceThoseOfTheSameName() {
        job.optionSet("small", "{\"options\": {\"crf\": 30, \"preset\": \"fast\"}}");

        List<String> arguments = job.arguments("""
                {"sources": ["source_file.mkv"], "source_maps": [{"source": 0}], "output_file": "out.mkv",
                 "output_maps": [{"specifier": "v", "stream": 0, "options": {"codec": "libx264", "crf": 20}, "option_set": "small"}]}""");

        assertEquals(
                job.expected(
                        List.of(),
                        List.of("source_file.mkv"),
                        words("-map 0 -codec:v:0 libx264 -crf:v:0 30 -preset:v:0 fast")),
                arguments);
    }

    @Test
    void aMissingOptionSetIsNamedWithTheCommandThatStoresIt() {
        assertEquals(
                "Could not find server-side option set 'none'; store it with `pawl data put ffmpeg none '{\"options\": {…}}'`.",
                job.refusal("""
                        {"sources": ["source_file.mkv"], "source_maps": [{"source": 0}], "output_file": "out.mkv",
                         "output_maps": [{"stream": 0, "option_set": "none"}]}"""));
    }

    @Test
    void mapsNameStreamsByKindByPlaceOrAsAWhole() {
        List<String> arguments = job.arguments("""
                {"sources": ["source_file.mkv"], "output_file": "out.mkv",
                 "source_maps": [
                   {"source": 0}, {"source": 0, "stream": 3}, {"source": 0, "specifier": "a"},
                   {"source": 0, "specifier": "Subtitles", "stream": 1, "optional": true}, {"source": 0, "specifier": "Attachment"}],
                 "output_maps": [
                   {"stream": 2, "options": {"codec": "copy"}}, {"specifier": "Audio", "options": {"b": "64k"}},
                   {"options": {"movflags": "+faststart"}}]}""");

        assertEquals(
                job.expected(
                        List.of(),
                        List.of("source_file.mkv"),
                        words(
                                "-map 0 -map 0:3 -map 0:a -map 0:s:1? -map 0:t",
                                "-codec:2 copy -b:a 64k -movflags +faststart")),
                arguments);
    }

    @Test
    void valuesOfEveryTypeAreWrittenAsFfmpegReadsThem() {
        assertEquals(
                List.of(
                        "-crf:v:0",
                        "22.5",
                        "-g:v:0",
                        "250",
                        "-b:v:0",
                        "100000000000",
                        "-qcomp:v:0",
                        "0.0000001",
                        "-allow_sw:v:0",
                        "true",
                        "-strict:v:0",
                        "false",
                        "-tune:v:0",
                        ""),
                options("""
                        {"crf": 22.5, "g": 250, "b": 100000000000, "qcomp": 1e-7, "allow_sw": true, "strict": false, "tune": ""}"""));
    }

    @Test
    void textsStayOneArgumentWithTheirSpacesAndQuotes() {
        assertEquals(
                List.of(
                        "-metadata:s:v:0",
                        "title=The \"Big\" one's\ttitle",
                        "-vf:v:0",
                        "scale=32:32, format='yuv420p'"),
                options("""
                        {"metadata:s": "title=The \\"Big\\" one's\\ttitle", "vf": "scale=32:32, format='yuv420p'"}"""));
    }

    @Test
    void optionsThatStandAloneTakeTrueOrNull() {
        assertEquals(List.of("-shortest:v:0", "-copyinkf:v:0", "-noautoscale:v:0", "-crf:v:0", "20"), options("""
                        {"shortest": true, "copyinkf": null, "noautoscale": null, "bitexact": false, "crf": 20}"""));
    }

    @Test
    void inputOptionsThatStandAloneDoSoBeforeTheSources() {
        List<String> arguments = job.arguments("""
                {"input_options": {"stream_loop": 2, "recast_media": true, "t": 1.5}, "sources": ["source_file.mkv"],
                 "source_maps": [{"source": 0}], "output_maps": [], "output_file": "out.mkv"}""");

        assertEquals(
                job.expected(words("-stream_loop 2 -recast_media -t 1.5"), List.of("source_file.mkv"), words("-map 0")),
                arguments);
    }

    /** An argument that is no option's value is another output file for FFmpeg. */
    @Test
    void noValueBecomesAnotherOutputFile() {
        for (String options : List.of(
                "{\"shortest\": \"evil.mkv\"}",
                "{\"noautorotate\": \"evil.mkv\"}",
                "{\"an\": 1}",
                "{\"crf\": null, \"preset\": \"evil.mkv\"}",
                "{\"crf\": [null], \"preset\": \"evil.mkv\"}",
                "{\"crf\": [[]]}",
                "{\"-i\": \"evil.mkv\"}",
                "{\"\": \"evil.mkv\"}",
                "{\"c v\": \"evil.mkv\"}",
                "{\"/filter\": \"evil.txt\"}")) {
            String refusal = job.refusal(data(options));
            assertTrue(refusal.startsWith("output_maps[0].options"), options + ": " + refusal);
        }
    }

    @Test
    void aListRepeatsTheOption() {
        assertEquals(
                List.of("-metadata:s:v:0", "title=a", "-metadata:s:v:0", "language=eng"),
                options("{\"metadata:s\": [\"title=a\", \"language=eng\"]}"));
    }

    @Test
    void parametersOfAnEncoderAreEscapedAsItsParserUndoes() {
        assertEquals(
                List.of(
                        "-x265-params:v:0",
                        "deblock=-1\\:-1:no-sao:open-gop=0:hist=1:x=a\\:b",
                        "-vf:v:0",
                        "scale=640:-1"),
                options("""
                        {"x265-params": {"deblock": "-1:-1", "no-sao": null, "open-gop": false, "hist": true, "x": "a\\\\:b"},
                         "vf": {"scale": "640:-1"}}"""));
    }

    @Test
    void theLineForPeopleLeavesTheConfinementOut() {
        Command command = new Command(List.of("-ss", "1"), List.of(Path.of("/a b.mkv")), List.of("-map", "0:a?"));

        assertEquals(
                "ffmpeg -nostdin -hide_banner -nostats -loglevel warning -progress pipe:1 -y -ss 1 -i 'file:/a b.mkv' -map 0:a? file:/o.mkv",
                command.line(Path.of("/o.mkv")));
    }

    @Test
    void everySourceIsConfined() {
        List<String> arguments = new ArrayList<>(job.arguments(OldJobFiles.PIECE));

        assertEquals(2, arguments.stream().filter("-protocol_whitelist"::equals).count());
        assertFalse(ReadableFormats.contains("concat") || ReadableFormats.contains("hls"));
    }
}

package dev.pawl.samples.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pawl.process.ProgramOutput.Source;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.JobHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lines that FFmpeg writes, and the figures made of them. */
final class ReadingTest {

    private static final Media FILM = new Media(
            1200.0,
            List.of(
                    new MediaStream(StreamKind.VIDEO, "h264", null, 28800L),
                    new MediaStream(StreamKind.AUDIO, "ac3", "eng", null)));

    private static FfmpegModule.Inputs inputs(Map<String, Object> inputOptions, int... sources) {
        List<SourceMap> maps = new ArrayList<>();
        for (int source : sources) {
            maps.add(new SourceMap(source, null, null, false));
        }
        return new FfmpegModule.Inputs(inputOptions, List.of("a", "b"), maps, List.of(), "c", false);
    }

    private static ExpectedLength length(Map<String, Object> input, Map<String, Object> output) {
        return ExpectedLength.of(inputs(input, 0), List.of(FILM), output);
    }

    @Test
    void anAnswerOfFfprobeIsRead() {
        Media media = Ffprobe.parse("""
                streams.stream.0.codec_name="h264"
                streams.stream.0.codec_type="video"
                streams.stream.0.avg_frame_rate="30000/1001"
                streams.stream.0.nb_frames="N/A"
                streams.stream.1.codec_name="aac"
                streams.stream.1.codec_type="audio"
                streams.stream.1.avg_frame_rate="0/0"
                streams.stream.1.tags.language="a\\"b\\\\c"
                streams.stream.2.codec_type="video"
                streams.stream.2.tags.NUMBER_OF_FRAMES_eng="7"
                streams.stream.3.codec_type="novelty"
                format.duration="10.010000"
                """);

        assertEquals(
                new Media(
                        10.01,
                        List.of(
                                new MediaStream(StreamKind.VIDEO, "h264", null, 300L),
                                new MediaStream(StreamKind.AUDIO, "aac", "a\"b\\c", null),
                                new MediaStream(StreamKind.VIDEO, null, null, 7L),
                                new MediaStream(StreamKind.DATA, null, null, null))),
                media);
    }

    @Test
    void timesAreReadInEachOfTheirSpellings() {
        assertEquals(600.0, TimeText.seconds("0:10:00"));
        assertEquals(90.5, TimeText.seconds("01:30.5"));
        assertEquals(600.0, TimeText.seconds(600));
        assertEquals(0.25, TimeText.seconds("250ms"));
        assertEquals(-30.0, TimeText.seconds("-30"));
        assertNull(TimeText.seconds("soon"));
        assertNull(TimeText.seconds(null));
    }

    @Test
    void theLengthIsThatOfThePieceThatTheOptionsLeave() {
        assertEquals(new ExpectedLength(1200.0, 28800L), length(Map.of(), Map.of()));
        assertEquals(new ExpectedLength(600.0, 14400L), length(Map.of("ss", "0:10:00", "to", "0:30:00"), Map.of()));
        assertEquals(new ExpectedLength(60.0, 1440L), length(Map.of("ss", "0:10:00", "to", "0:11:00"), Map.of()));
        assertEquals(new ExpectedLength(60.0, 1440L), length(Map.of("t", 60), Map.of()));
        assertEquals(new ExpectedLength(30.0, 720L), length(Map.of("sseof", "-30"), Map.of()));
        assertEquals(new ExpectedLength(12.0, 288L), length(Map.of("t", 60), Map.of("t", "12")));
        assertEquals(new ExpectedLength(2400.0, 57600L), length(Map.of("stream_loop", 1), Map.of()));
        assertNull(length(Map.of("stream_loop", -1), Map.of()).seconds());
        assertNull(length(Map.of("ss", "2:00:00"), Map.of()).seconds());
    }

    @Test
    void theLongestSourceCountsOrTheShortestWhenAskedFor() {
        Media sound = new Media(30.0, List.of());
        FfmpegModule.Inputs both = inputs(Map.of(), 0, 1);

        assertEquals(
                1200.0, ExpectedLength.of(both, List.of(FILM, sound), Map.of()).seconds());
        assertEquals(
                30.0,
                ExpectedLength.of(both, List.of(FILM, sound), Map.of("shortest", true))
                        .seconds());
        assertNull(ExpectedLength.of(inputs(Map.of(), 1), List.of(FILM, new Media(null, List.of())), Map.of())
                .seconds());
    }

    private static HarnessRun progress(ExpectedLength expected, String... blocks) {
        return JobHarness.of(() -> task -> {
                    EncodeOutput output = new EncodeOutput(task, expected);
                    for (String block : blocks) {
                        block.lines().forEach(line -> output.line(Source.OUT, line));
                        output.line(Source.OUT, "progress=continue");
                    }
                })
                .run();
    }

    @Test
    void progressIsReportedWithItsFramesAndSpeed() {
        HarnessRun run = progress(
                new ExpectedLength(10.0, 250L),
                "frame=50\nfps=25.5\nstream_0_0_q=28.0\nbitrate= 100.0kbits/s\nout_time_us=2000000\nspeed=1.53x");

        assertEquals(20, run.percent());
        assertEquals(
                List.of("current_frame", "total_frames", "fps", "speed"),
                List.copyOf(run.info().keySet()));
        assertEquals(
                "{current_frame=50, total_frames=250, fps=25.5, speed=1.53}",
                run.info().toString());
    }

    @Test
    void progressNeverPassesAHundredNorGoesBack() {
        String late = "frame=300\nout_time_us=12000000\nspeed=N/A";

        assertEquals(100, progress(new ExpectedLength(10.0, 250L), late).percent());
        assertEquals(300, progress(new ExpectedLength(10.0, 250L), late).info().get("total_frames"));
        assertEquals(
                50,
                progress(
                                new ExpectedLength(10.0, null),
                                "out_time_us=5000000",
                                "out_time_us=-9000",
                                "out_time_us=N/A",
                                "out_time_us=1000")
                        .percent());
    }

    @Test
    void withoutALengthOnlyTheInfoIsReported() {
        HarnessRun run = progress(new ExpectedLength(null, null), "frame=50\nout_time_us=2000000\nspeed=2x");

        assertEquals(0, run.percent());
        assertEquals("{current_frame=50, speed=2.0}", run.info().toString());
    }

    @Test
    void messagesAreLoggedUntilTheyAreTooMany() {
        HarnessRun run = JobHarness.of(() -> task -> {
                    EncodeOutput output = new EncodeOutput(task, new ExpectedLength(null, null));
                    for (int n = 1; n <= 300; n++) {
                        output.line(Source.ERR, "message " + n);
                    }
                    task.emit(Map.of("last", output.lastMessages()));
                })
                .run();

        assertEquals(201, run.lines().size());
        assertEquals(
                "FFmpeg says more; from here on its messages are left out.",
                run.lines().get(200));
        assertEquals(
                "message 293\nmessage 294\nmessage 295\nmessage 296\nmessage 297\nmessage 298\nmessage 299\nmessage 300",
                run.results().get(0).get("last"));
    }
}

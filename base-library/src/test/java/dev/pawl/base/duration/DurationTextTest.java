package dev.pawl.base.duration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "30s,PT30S",
        "30m,PT30M",
        "2h,PT2H",
        "7d,PT168H",
        "90s,PT90S",
        "0s,PT0S",
        "999999999d,PT23999999976H",
        "23999999975h,PT23999999975H"
    })
    void textsAreReadAndWritten(String text, Duration duration) {
        assertEquals(Optional.of(duration), DurationText.parse(text));
        assertEquals(text, DurationText.exact(duration));
    }

    @ParameterizedTest
    @CsvSource({
        "0ms,0s",
        "007s,7s",
        "120s,2m",
        "60m,1h",
        "24h,1d",
        "1209600000ms,14d",
        "' 30s ',30s",
        "30S,30s",
        "250MS,250ms",
        "PT48H,2d",
        "pt1h30m,90m",
        "P1DT12H,36h",
        "PT0.0019S,1ms"
    })
    void whatMeansTheSameIsReadAlike(String given, String exact) {
        assertEquals(Optional.of(exact), DurationText.parse(given).map(DurationText::exact));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "s",
                "-1s",
                "1.5h",
                "1h30m",
                "30 s",
                "2w",
                "1us",
                "forever",
                "PT",
                "P1Y",
                "٣s",
                "1000000000000000s"
            })
    void otherTextsAreNone(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
        assertEquals(Optional.empty(), DurationText.parseSigned(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-5S", "1000000000d", "999999999999999d", "PT24000000000H"})
    void whatIsNegativeOrLongerThanTheLongestIsRefused(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
    }

    @Test
    void inputsOfModulesHaveASignAndEveryDigit() {
        assertEquals(Optional.of(Duration.ofSeconds(-5)), DurationText.parseSigned("PT-5S"));
        assertEquals(Optional.of(Duration.ofNanos(1)), DurationText.parseSigned("PT0.000000001S"));
        assertEquals(Optional.of(Duration.ofMinutes(30)), DurationText.parseSigned("30m"));
    }

    @ParameterizedTest
    @CsvSource({"8100,2h 15m", "59,59s", "60,1m 0s", "90000,1d 1h", "0,0s", "3600,1h 0m", "-1,0s"})
    void uptimesAreRough(long seconds, String rough) {
        assertEquals(rough, DurationText.rough(Duration.ofSeconds(seconds)));
    }
}

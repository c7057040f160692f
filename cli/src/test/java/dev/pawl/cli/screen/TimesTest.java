package dev.pawl.cli.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private final Times times = new Times(() -> Instant.parse("2026-03-01T12:00:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T11:30:05.123+00:00, 12:30:05",
        "2026-02-28T22:59:00+00:00, Feb 28 23:59",
        "2026-02-28T23:30:00+00:00, 00:30:00",
        "2025-12-31T10:00:00+00:00, 2025-12-31",
        "'', -",
        "soon, soon"
    })
    void momentsAreInTheReadersZoneAndAsShortAsCanBe(String wire, String shown) {
        assertEquals(shown, times.moment(wire));
    }

    @Test
    void logLinesHaveMilliseconds() {
        assertEquals("12:30:05.123", times.exact("2026-03-01T11:30:05.123+00:00"));
        assertEquals("Feb 1 12:30:05.123", times.exact("2026-02-01T11:30:05.123+00:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "850, 850 ms",
        "2399, 2.3 s",
        "59999, 59.9 s",
        "65000, 1m 5s",
        "8100000, 2h 15m",
        "273600000, 3d 4h",
        "-5, 0 ms"
    })
    void durationsHaveTwoFiguresAtMost(long ms, String shown) {
        assertEquals(shown, Times.duration(Duration.ofMillis(ms)));
    }

    @Test
    void whatHasNotEndedLastsUntilNow() {
        assertEquals("1m 0s", times.between("2026-03-01T11:59:00+00:00", ""));
        assertEquals("", times.between("", ""));
    }
}

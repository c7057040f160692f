package dev.pawl.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "30m,PT30M", "2h,PT2H", "7d,PT168H", "90s,PT90S", "0s,PT0S"})
    void textsAreReadAndWritten(String text, Duration duration) {
        assertEquals(Optional.of(duration), DurationText.parse(text));
        assertEquals(text, DurationText.of(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-1s", "1.5h", "1h30m", "30 s", "99999999999s", "2w"})
    void otherTextsAreNone(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
    }

    @Test
    void numbersAreSeconds() {
        assertEquals(Optional.of(Duration.ofMillis(1_500)), DurationText.ofSeconds(1.5));
        assertEquals(Optional.of(Duration.ofMinutes(2)), DurationText.ofSeconds(120));
        assertEquals(Optional.empty(), DurationText.ofSeconds(-1));
        assertEquals(Optional.empty(), DurationText.ofSeconds(1e300));
    }
}

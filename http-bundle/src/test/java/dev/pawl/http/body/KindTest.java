package dev.pawl.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KindTest {

    @Test
    void numbersAreSeconds() {
        assertEquals(Optional.of(Duration.ofMillis(1_500)), Kind.DURATION.convert(1.5));
        assertEquals(Optional.of(Duration.ofMillis(1)), Kind.DURATION.convert(new BigDecimal("0.0019")));
        assertEquals(Optional.of(Duration.ofMinutes(2)), Kind.DURATION.convert(120));
        assertEquals(Optional.of(Duration.ofDays(999_999_999)), Kind.DURATION.convert(999_999_999L * 86_400));
        assertEquals(Optional.empty(), Kind.DURATION.convert(999_999_999L * 86_400 + 1));
        assertEquals(Optional.empty(), Kind.DURATION.convert(-1));
        assertEquals(Optional.empty(), Kind.DURATION.convert(1e300));
    }

    @Test
    void textsAreDurationsAsEverywhere() {
        assertEquals(Optional.of(Duration.ofMinutes(90)), Kind.DURATION.convert("90m"));
        assertEquals(Optional.of(Duration.ofMinutes(90)), Kind.DURATION.convert("PT1H30M"));
        assertEquals(Optional.empty(), Kind.DURATION.convert("1h30m"));
        assertEquals(Optional.empty(), Kind.DURATION.convert("PT-1S"));
    }
}

package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    @Test
    void standsStillUntilItIsMoved() {
        assertEquals(clock.instant(), clock.instant());
    }

    @Test
    void movesOnAndBack() {
        clock.advance(Duration.ofHours(2));
        assertEquals(Instant.parse("2026-01-01T02:00:00Z"), clock.instant());
        clock.advance(Duration.ofHours(-3));
        assertEquals(Instant.parse("2025-12-31T23:00:00Z"), clock.instant());
    }

    @Test
    void isSetToAnyTime() {
        clock.set(Instant.EPOCH);
        assertEquals(0, clock.millis());
    }
}

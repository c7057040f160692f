package dev.pawl.scheduler.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrustedTimeTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final AtomicLong nanos = new AtomicLong(-5_000);
    private final TrustedTime time = new TrustedTime(clock, nanos::get);

    private void pass(Duration passed) {
        clock.advance(passed);
        nanos.addAndGet(passed.toNanos());
    }

    @Test
    void aClockThatGoesAsTimeGoesIsBelieved() {
        for (int day = 0; day < 200; day++) {
            pass(Duration.ofDays(1));
            clock.advance(Duration.ofHours(1)); // an inaccurate clock
            assertEquals(clock.instant(), time.now());
        }
    }

    @Test
    void aJumpAheadIsBelievedAfterADay() {
        Instant before = clock.instant();
        clock.advance(Duration.ofDays(1_000));
        assertEquals(before, time.now());
        pass(Duration.ofHours(23));
        assertEquals(before.plus(Duration.ofHours(23)), time.now());
        pass(Duration.ofHours(1));
        assertEquals(clock.instant(), time.now());
        pass(Duration.ofHours(1));
        assertEquals(clock.instant(), time.now());
    }

    @Test
    void aJumpThatWasMendedLeavesNothing() {
        clock.advance(Duration.ofDays(1_000));
        time.now();
        clock.set(clock.instant().minus(Duration.ofDays(1_000)));
        pass(Duration.ofDays(2));
        assertEquals(clock.instant(), time.now());
        Instant before = clock.instant();
        clock.advance(Duration.ofDays(1_000));
        assertEquals(before, time.now(), "the next jump is distrusted as the first one was");
    }

    @Test
    void aClockThatIsSetBackIsBelievedAtOnce() {
        clock.set(clock.instant().minus(Duration.ofDays(1_000)));
        assertEquals(clock.instant(), time.now());
        clock.advance(Duration.ofMinutes(5));
        assertEquals(clock.instant(), time.now());
    }
}

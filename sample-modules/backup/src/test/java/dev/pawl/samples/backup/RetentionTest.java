package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RetentionTest {

    private static final List<Instant> TIMES = Stream.of(
                    "2025-12-29T01:00:00Z", // Monday of the first week of 2026
                    "2025-12-31T23:59:59Z",
                    "2026-01-01T00:00:00Z",
                    "2026-01-05T01:00:00Z", // Monday
                    "2026-01-06T01:00:00Z",
                    "2026-01-06T23:00:00Z",
                    "2026-02-01T10:00:00Z", // Sunday
                    "2026-02-02T10:00:00Z",
                    "2026-02-02T11:00:00Z")
            .map(Instant::parse)
            .toList();

    private static List<String> kept(int last, int daily, int weekly, int monthly) {
        List<Instant> expired = new Retention(last, daily, weekly, monthly).expired(TIMES);
        return TIMES.stream()
                .filter(time -> !expired.contains(time))
                .map(time -> time.toString().substring(0, 13))
                .toList();
    }

    @Test
    void withoutARuleEverythingIsKept() {
        assertEquals(9, kept(0, 0, 0, 0).size());
    }

    @Test
    void theNewestAreKept() {
        assertEquals(List.of("2026-02-02T10", "2026-02-02T11"), kept(2, 0, 0, 0));
        assertEquals(9, kept(100, 0, 0, 0).size());
    }

    @Test
    void ofEachDayItsLastIsKept() {
        assertEquals(List.of("2026-01-06T23", "2026-02-01T10", "2026-02-02T11"), kept(0, 3, 0, 0));
    }

    @Test
    void ofEachWeekItsLastIsKeptAndAWeekMayBelongToTwoYears() {
        assertEquals(List.of("2026-01-01T00", "2026-01-06T23", "2026-02-01T10", "2026-02-02T11"), kept(0, 0, 9, 0));
    }

    @Test
    void ofEachMonthItsLastIsKept() {
        assertEquals(List.of("2025-12-31T23", "2026-01-06T23", "2026-02-02T11"), kept(0, 0, 0, 12));
    }

    @Test
    void whatAnyRuleKeepsIsKeptAndTheNewestAlways() {
        assertEquals(List.of("2025-12-31T23", "2026-01-06T23", "2026-02-02T10", "2026-02-02T11"), kept(2, 1, 1, 3));
        assertEquals(List.of("2026-02-02T11"), kept(0, 1, 0, 0));
    }
}

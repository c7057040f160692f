package dev.pawl.schedule.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:20Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a skipped local time is due at the first moment after the gap
                "30 2 * * *    | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
                "30 2 * * *    | America/New_York    | 2026-03-08T00:00:00Z | 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z",
                "15 2 * * *    | Australia/Lord_Howe | 2026-10-03T12:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z",
                "0 0 * * *     | Africa/Cairo        | 2026-04-23T12:00:00Z | 2026-04-23T22:00:00Z 2026-04-24T21:00:00Z",
                // several that it skips are one, also with a time that is there
                "0,30 2,3 * * * | Europe/Berlin      | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z",
                "*/15 * * * *  | Europe/Berlin       | 2026-03-29T00:45:00Z | 2026-03-29T01:00:00Z 2026-03-29T01:15:00Z",
                "0 */6 * * *   | Pacific/Apia        | 2011-12-30T09:00:00Z | 2011-12-30T10:00:00Z 2011-12-30T16:00:00Z",
                // one that comes twice is due once
                "30 2 * * *    | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
                "0 * * * *     | Europe/Berlin       | 2026-10-25T00:00:00Z | 2026-10-25T02:00:00Z 2026-10-25T03:00:00Z",
                "30 2 * * *    | Europe/Berlin       | 2026-10-25T01:00:00Z | 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z",
                "30 2 * * *    | Europe/Berlin       | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z",
                "45 1 * * *    | Australia/Lord_Howe | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z",
                "15 2 * * SUN  | Africa/Casablanca   | 2026-02-14T00:00:00Z | 2026-02-15T01:15:00Z 2026-02-22T02:15:00Z",
                // and twice when the expression is finer than an hour
                "*/30 2 * * *  | Europe/Berlin       | 2026-10-25T00:30:00Z | 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z",
                "*/20 * * * *  | Australia/Lord_Howe | 2026-04-04T14:40:00Z | 2026-04-04T15:10:00Z 2026-04-04T15:30:00Z",
                "0,30 0 2 * * * | Europe/Berlin      | 2026-10-25T00:00:30Z | 2026-10-25T01:00:00Z 2026-10-25T01:00:30Z"
            })
    void theClockIsFollowedByRule(String cron, String zone, Instant after, String due) {
        Timetable timetable = of(new Timing(cron, null, zone, null, null, null));
        assertEquals(
                due,
                String.join(
                        " ",
                        take(timetable, after, 2).stream()
                                .map(Instant::toString)
                                .toList()));
    }

    @Test
    void everyQuarterOfAnHourIsDueAHundredTimesOnADayOf25Hours() {
        Timetable timetable = of(new Timing("*/15 * * * *", null, "Europe/Berlin", null, null, null));
        List<Instant> due = take(timetable, Instant.parse("2026-10-24T21:59:59Z"), 100);
        assertEquals(Instant.parse("2026-10-25T22:45:00Z"), due.get(99));
    }

    @Test
    void aRuleWithoutAZoneIsOfTheServer() {
        Timetable timetable = Timetable.of(Timing.cron("0 3 * * *"), ZoneOffset.ofHours(5), MADE);
        assertEquals(Optional.of(Instant.parse("2026-01-01T22:00:00Z")), timetable.next(MADE));
        assertEquals("At 03:00, every day, +05:00", timetable.sentence());
    }

    @Test
    void anIntervalIsCountedFromItsBeginning() {
        Instant start = Instant.parse("2026-02-01T00:00:00Z");
        Timetable timetable = of(new Timing(null, Duration.ofSeconds(90), null, start, null, null));
        assertEquals(List.of(start, start.plusSeconds(90), start.plusSeconds(180)), take(timetable, Instant.MIN, 3));
        assertEquals(
                Optional.of(start.plusSeconds(90 * 1_000_000)), timetable.next(start.plusSeconds(90 * 1_000_000 - 1)));
        assertEquals(Optional.of(start.plusSeconds(90 * 1_000_001)), timetable.next(start.plusSeconds(90 * 1_000_000)));
    }

    @Test
    void anIntervalWithoutABeginningIsCountedFromWhenItWasMade() {
        Timetable timetable = of(Timing.every(Duration.ofHours(1)));
        assertEquals(Optional.of(MADE.plusSeconds(3_600)), timetable.next(MADE));
        assertEquals(
                Optional.of(MADE.plusSeconds(3_600)),
                timetable.next(MADE.minusSeconds(86_400)),
                "the clock was set back");
    }

    @Test
    void anIntervalIsElapsedTimeWhateverTheClockDoes() {
        Instant start = Instant.parse("2026-03-28T02:30:00Z");
        Timetable timetable = of(new Timing(null, Duration.ofDays(1), "Europe/Berlin", start, null, null));
        assertEquals(Optional.of(Instant.parse("2026-03-29T02:30:00Z")), timetable.next(start));
    }

    @Test
    void theBeginningAndTheEndAreDueTimesThemselves() {
        Instant start = Instant.parse("2026-02-01T03:00:00Z");
        Instant end = Instant.parse("2026-02-03T03:00:00Z");
        Timetable timetable = of(new Timing("0 3 * * *", null, "UTC", start, end, null));
        assertEquals(
                List.of(start, start.plus(Duration.ofDays(1)), end),
                take(timetable, Instant.parse("2020-01-01T00:00:00Z"), 5));
    }

    @Test
    void aRuleThatIsNeverDueWithinItsBoundsIsRefused() {
        Instant start = Instant.parse("2026-02-01T04:00:00Z");
        String said = refusal(new Timing("0 3 * * *", null, "UTC", start, start.plusSeconds(3_600), null));
        assertEquals(
                "The schedule is never due between its start_at, 2026-02-01T04:00:00Z, and its end_at, 2026-02-01T05:00:00Z;"
                        + " give times that lie further apart.",
                said);
        assertTrue(refusal(new Timing("0 3 * * *", null, "UTC", Instant.MAX, null, null))
                .contains("never due"));
        assertTrue(refusal(new Timing(null, Duration.ofDays(3_650), null, null, MADE.plusSeconds(1), null))
                .contains("which is not given"));
    }

    @Test
    void aWrongExpressionAndAWrongZoneAreProblems() {
        assertTrue(refusal(Timing.cron("0 0 30 2 *")).contains("can never fire"));
        assertTrue(refusal(new Timing("0 0 * * *", null, "Europe/Berln", null, null, null))
                .contains("Did you mean Europe/Berlin?"));
    }

    @Test
    void timeEndsWithTheYear9999() {
        Timetable cron = of(Timing.cron("* * * * *"));
        assertEquals(Optional.empty(), cron.next(Instant.MAX));
        assertEquals(Optional.empty(), cron.next(Instant.parse("9999-12-31T00:00:00Z")));
        assertTrue(cron.next(Instant.MIN).isPresent());
        Timetable interval = of(Timing.every(Duration.ofDays(3_650)));
        assertEquals(Optional.empty(), interval.next(Instant.MAX));
        assertTrue(interval.next(Instant.MIN).isPresent());
    }

    @Test
    void dueTimesGrowAndNoneLiesBetweenThem() {
        Random random = new Random(2026);
        String[] zones = {
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"
        };
        for (int i = 0; i < 400; i++) {
            String expression = RandomCron.next(random);
            String zone = zones[i % zones.length];
            Timetable timetable = of(new Timing(expression, null, zone, null, null, null));
            Instant at =
                    Instant.ofEpochSecond(1_767_225_600L + random.nextInt(315_360_000), random.nextInt(1_000_000_000));
            for (int seen = 0; seen < 20; seen++) {
                Instant from = at;
                Instant due = timetable.next(from).orElseThrow();
                String which = expression + " in " + zone + " after " + from;
                assertTrue(due.isAfter(from), which);
                assertEquals(due.truncatedTo(ChronoUnit.SECONDS), due, which);
                assertEquals(Optional.of(due), timetable.next(due.minusNanos(1)), which);
                long between = Duration.between(from, due).toNanos();
                assertEquals(Optional.of(due), timetable.next(from.plusNanos(between / 3)), which);
                at = due;
            }
        }
    }

    private static List<Instant> take(Timetable timetable, Instant after, int most) {
        List<Instant> due = new ArrayList<>();
        Optional<Instant> next = timetable.next(after);
        while (next.isPresent() && due.size() < most) {
            due.add(next.get());
            next = timetable.next(next.get());
        }
        return due;
    }

    private static Timetable of(Timing timing) {
        return Timetable.of(timing, ZoneId.of("UTC"), MADE);
    }

    private static String refusal(Timing timing) {
        ProblemException problem = assertThrows(ProblemException.class, () -> of(timing));
        assertEquals(ProblemCode.INVALID_SCHEDULE, problem.code());
        return String.valueOf(problem.getMessage());
    }
}

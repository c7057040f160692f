package dev.pawl.schedule.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.schedule.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares each due time with a second implementation, which looks at every minute. How many were compared stands in target/due-times.txt. */
class TenYearsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private static final Instant TEN_YEARS_LATER = Instant.parse("2036-11-29T00:00:00Z");

    private static final List<String> EXPRESSIONS = List.of(
            "0 * * * *",
            "*/15 * * * *",
            "5/20 * * * *",
            "*/10 0-4 * * *",
            "0,30 2 * * *",
            "15 1,2,3 * * *",
            "0 0 * * *",
            "45 1 * * *",
            "15 2 * * *",
            "30 2 * * *",
            "17 22-2 * * *",
            "30 2 * * MON-FRI",
            "30 2 * * SUN",
            "0 12 * * FRI-MON",
            "0 12 * * 5-7",
            "30 2 L * *",
            "30 2 L-3 * *",
            "0 9 LW * *",
            "0 9 1W,15W,31W * *",
            "0 9 * * FRI#2",
            "0 9 * * 5#5,SUNL",
            "30 2 * 3,10 SUNL",
            "0 0 29 2 *",
            "0 0 28-1 FEB-MAR *",
            "0 0 * 2 MON#5",
            "0 0 13 * FRI",
            "0 0 */2 * MON",
            "0 0 1,15 NOV-FEB MON",
            "59 23 31 12 ?",
            "1-59/2 4 * JAN-DEC/3 *");

    private static final List<String> FINE = List.of(
            "* * * * * *",
            "*/7 * * * * *",
            "30 */10 * * * *",
            "15 30 2 * * *",
            "0,59 59 1,2 * * *",
            "59 59 * * * *",
            "1 0 0 * * *",
            "5/20 30 0-3 * * SUN");

    private static final TreeMap<String, Long> COMPARED = new TreeMap<>();

    @AfterAll
    static void report() throws IOException {
        long all = COMPARED.values().stream().mapToLong(Long::longValue).sum();
        Files.writeString(Path.of("target", "due-times.txt"), COMPARED + "\nall: " + all + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"})
    void tenYearsAheadAreThoseOfEveryMinute(String zone) {
        long compared = compare(zone, new BruteForce(ZoneId.of(zone), NOW, TEN_YEARS_LATER, 60), EXPRESSIONS);
        assertTrue(compared > 900_000, () -> compared + " were compared");
    }

    @Test
    void theLostDayOfApiaIsThatOfEveryMinute() {
        Instant from = Instant.parse("2011-09-01T00:00:00Z");
        compare(
                "Pacific/Apia",
                new BruteForce(ZoneId.of("Pacific/Apia"), from, from.plus(Duration.ofDays(300)), 60),
                EXPRESSIONS);
    }

    @Test
    void aCenturyWithoutALeapDayIsThatOfEveryMinute() {
        Instant from = Instant.parse("2095-12-01T00:00:00Z");
        compare(
                "Europe/Berlin",
                new BruteForce(ZoneId.of("Europe/Berlin"), from, Instant.parse("2104-03-02T00:00:00Z"), 60),
                List.of("0 0 29 2 *", "0 0 L 2 *", "30 2 29 FEB,MAR *"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo"})
    void theSecondsAroundEachChangeOfTheClockAreThoseOfEverySecond(String zone) {
        ZoneId id = ZoneId.of(zone);
        ZoneOffsetTransition change = id.getRules().nextTransition(NOW);
        for (int seen = 0; seen < 4; seen++) {
            Instant at = change.getInstant();
            askAtEveryMinute(zone, new BruteForce(id, at.minus(Duration.ofHours(5)), at.plus(Duration.ofHours(5)), 60));
            compare(zone, new BruteForce(id, at.minus(Duration.ofHours(5)), at.plus(Duration.ofHours(5)), 1), FINE);
            change = id.getRules().nextTransition(at);
        }
    }

    @Test
    void expressionsMadeByChanceAreThoseOfEveryMinute() {
        compareByChance("Europe/Berlin", new Random(16), 150, Duration.ofDays(400));
    }

    @Tag("nightly")
    @Test
    void twoYearsOfEveryZoneWhoseClockChangesAreThoseOfEveryMinute() {
        Map<ZoneRules, ZoneId> zones = new HashMap<>();
        for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneRules rules = ZoneId.of(name).getRules();
            if (rules.nextTransition(NOW) != null) {
                zones.putIfAbsent(rules, ZoneId.of(name));
            }
        }
        assertTrue(zones.size() > 50, "found " + zones.size() + " zones");
        for (ZoneId zone : zones.values()) {
            compare(zone.getId(), new BruteForce(zone, NOW, NOW.plus(Duration.ofDays(731)), 60), EXPRESSIONS);
            compareByChance(zone.getId(), new Random(zone.getId().hashCode()), 20, Duration.ofDays(366));
        }
    }

    private static void compareByChance(String zone, Random random, int count, Duration length) {
        BruteForce every = new BruteForce(ZoneId.of(zone), NOW, NOW.plus(length), 60);
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            expressions.add(RandomCron.next(random));
        }
        compare(zone, every, expressions);
    }

    /** Asks for the next due time at every minute, also at those that are none themselves and lie in a doubled hour. */
    private static void askAtEveryMinute(String zone, BruteForce every) {
        long compared = 0;
        for (String expression : EXPRESSIONS) {
            Timetable timetable = timetable(expression, zone);
            BitSet expected = every.dueTimes(new NaiveCron(expression));
            for (int place = 0; place < every.size(); place++) {
                int next = expected.nextSetBit(place + 1);
                Instant end = every.moment(next < 0 ? every.size() : next);
                Instant due = timetable.next(every.moment(place)).orElseThrow();
                if (next < 0 ? due.isBefore(end) : !due.equals(end)) {
                    assertEquals(end, due, expression + " in " + zone + " after " + every.moment(place));
                }
                compared++;
            }
        }
        COMPARED.merge(zone, compared, Long::sum);
    }

    /** Compares the due times one after the other, and returns their number. */
    private static long compare(String zone, BruteForce every, List<String> expressions) {
        long compared = 0;
        for (String expression : expressions) {
            Timetable timetable = timetable(expression, zone);
            BitSet expected = every.dueTimes(new NaiveCron(expression));
            Instant end = every.moment(every.size());
            Instant at = every.moment(0);
            for (int place = expected.nextSetBit(0); place >= 0; place = expected.nextSetBit(place + 1)) {
                Instant due = timetable.next(at).orElseThrow();
                if (!due.equals(every.moment(place))) {
                    assertEquals(every.moment(place), due, expression + " in " + zone + " after " + at);
                }
                at = due;
                compared++;
            }
            Instant after = timetable.next(at).orElseThrow();
            assertTrue(!after.isBefore(end), () -> expression + " in " + zone + " is due once more at " + after);
        }
        COMPARED.merge(zone, compared, Long::sum);
        return compared;
    }

    private static Timetable timetable(String expression, String zone) {
        return Timetable.of(new Timing(expression, null, zone, null, null, null), ZoneId.of("UTC"), NOW);
    }
}

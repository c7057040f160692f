package dev.pawl.schedule.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final Instant MADE = Instant.parse("2026-11-29T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * * | 'At 03:00, every day'",
                "0 3 * * MON-FRI | 'At 03:00, on weekdays'",
                "0 3 * * 1,2,3,4,5 | 'At 03:00, on weekdays'",
                "@daily | 'At 00:00, every day'",
                "@midnight | 'At 00:00, every day'",
                "@hourly | Every hour",
                "@weekly | 'At 00:00, on Sunday'",
                "@monthly | 'At 00:00, on day 1 of the month'",
                "@yearly | 'At 00:00, on 1 January'",
                "@annually | 'At 00:00, on 1 January'",
                "0 3,15 * * * | 'At 03:00 and 15:00, every day'",
                "0 0 * * 0 | 'At 00:00, on Sunday'",
                "* * * * * | Every minute",
                "* * * * * * | Every second",
                "*/15 * * * * | Every 15 minutes",
                "5/20 * * * * | Every 20 minutes from minute 5 of every hour",
                "*/7 * * * * | 'At minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour'",
                "30 * * * * | At minute 30 of every hour",
                "15 30 * * * * | 'At minute 30, second 15 of every hour'",
                "0 */2 * * * | Every 2 hours",
                "30 1-23/2 * * * | Every 2 hours from 01:30",
                "0 9-17 * * * | 'Every hour from 09:00 to 17:00, every day'",
                "30 9-17 * * MON-FRI | 'Every hour from 09:30 to 17:30, on weekdays'",
                "0 22-3 * * * | 'Every hour from 22:00 to 03:00, every day'",
                "*/15 9-17 * * MON-FRI | 'Every 15 minutes from 09:00 to 17:59, on weekdays'",
                "*/5 2 * * * | 'Every 5 minutes from 02:00 to 02:59, every day'",
                "* 2,4,9 * * * | 'Every minute of the hours 2, 4 and 9, every day'",
                "1,2,3,9,10,11,12 */3 * * * | At minutes 1 to 3 and 9 to 12 of every 3rd hour",
                "*/10 * * * * * | Every 10 seconds",
                "5-10 * * * * * | At seconds 5 to 10 of every minute",
                "5/20 * 9-17 * * * | 'Every 20 seconds from second 5 of every minute from 09:00 to 17:59, every day'",
                "5 * * * * * | At second 5 of every minute",
                "*/10 5 * * * * | Every 10 seconds of minute 5 of every hour",
                "*/10 */15 9-17 * * * | 'Every 10 seconds of minutes 0, 15, 30 and 45 of every hour from 09:00 to 17:59, every day'",
                "1,7 0-10 */2 * * * | At seconds 1 and 7 of minutes 0 to 10 of every 2nd hour",
                "30 */15 * * * * | Every 15 minutes at second 30",
                "0,30 9,17 * * * | 'At 09:00, 09:30, 17:00 and 17:30, every day'",
                "0 1,2,5,7,11 * * * | 'At 01:00, 02:00, 05:00, 07:00 and 11:00, every day'",
                "15 30 3 * * * | 'At 03:30:15, every day'",
                "0 0 1 * * | 'At 00:00, on day 1 of the month'",
                "0 0 1,15 * * | 'At 00:00, on days 1 and 15 of the month'",
                "0 0 L * * | 'At 00:00, on the last day of the month'",
                "0 0 L-3,L-1 * * | 'At 00:00, on the day before the last day and the 3rd day before the last day of the month'",
                "0 0 LW * * | 'At 00:00, on the last weekday of the month'",
                "0 0 15W,1 * * | 'At 00:00, on day 1 and the weekday nearest day 15 of the month'",
                "0 0 1-7 * * | 'At 00:00, on days 1 to 7 of the month'",
                "0 0 28-3 * * | 'At 00:00, on days 1 to 3 and 28 to 31 of the month'",
                "0 0 */2 * * | 'At 00:00, on every 2nd day of the month'",
                "0 0 2/3 * * | 'At 00:00, on every 3rd day from day 2 of the month'",
                "0 0 * * FRI#2 | 'At 00:00, on the second Friday of the month'",
                "0 0 * * FRIL | 'At 00:00, on the last Friday of the month'",
                "0 0 * * MON-FRI,SATL | 'At 00:00, on weekdays and the last Saturday of the month'",
                "0 0 * * FRI-MON | 'At 00:00, on Monday, Friday, Saturday and Sunday'",
                "0 0 * * SAT,SUN | 'At 00:00, on weekends'",
                "0 0 13 * FRI | 'At 00:00, on day 13 of the month or on Friday'",
                "0 0 */2 * MON,FRI | 'At 00:00, on every 2nd day of the month that falls on Monday or Friday'",
                "0 0 29 2 * | 'At 00:00, on 29 February'",
                "0 0 1 1,7 * | 'At 00:00, on day 1 of the month, in January and July'",
                "0 0 * NOV-FEB * | 'At 00:00, every day, from November to February'",
                "0 0 * JAN-MAR MON | 'At 00:00, on Monday, from January to March'",
                "0 0 * */3 MON | 'At 00:00, on Monday, in January, April, July and October'",
                "*/30 * * JUL * | 'Every 30 minutes, every day, in July'",
                "0 3 ? * MON | 'At 03:00, on Monday'",
                "0 0 1-31 * FRI | 'At 00:00, every day'",
                "0 0 29 2 0-6 | 'At 00:00, every day, in February'",
                "30 5 0-3 * * SUN | 'Every hour from 00:05:30 to 03:05:30, on Sunday'",
                "0 12 1 1 MON#1 | 'At 12:00, on day 1 of the month or on the first Monday of the month, in January'",
                "0 12 31 */2 ? | 'At 12:00, on day 31 of the month, in January, March, May, July, September and November'"
            })
    void aCronExpressionIsASentence(String cron, String sentence) {
        assertEquals(sentence + ", Europe/Berlin", of(Timing.cron(cron)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT1S | Every second",
                "PT1.5S | Every 1.5 seconds",
                "PT90S | Every 90 seconds",
                "PT1M | Every minute",
                "PT90M | Every 90 minutes",
                "PT1H | Every hour",
                "PT2H | Every 2 hours",
                "PT24H | Every 24 hours",
                "P2D | Every 2 days of 24 hours",
                "P7D | Every 7 days of 24 hours",
                "PT1H30S | Every 3630 seconds"
            })
    void anIntervalIsASentence(String every, String sentence) {
        assertEquals(sentence, of(Timing.every(Duration.parse(every))));
    }

    @Test
    void aBeginningAndAnEndAreToldInTheZoneOfTheSchedule() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Instant end = Instant.parse("2026-06-30T22:00:30Z");
        Duration every = Duration.ofSeconds(90);
        assertEquals(
                "Every 90 seconds from 2026-01-01 00:00 UTC", of(new Timing(null, every, "UTC", start, null, null)));
        assertEquals(
                "Every 90 seconds from 2026-01-01 01:00 until 2026-07-01 00:00:30 Europe/Berlin",
                of(new Timing(null, every, null, start, end, null)));
        assertEquals(
                "At 03:00, every day, Asia/Kathmandu, from 2026-01-01 05:45",
                of(new Timing("0 3 * * *", null, "Asia/Kathmandu", start, null, null)));
        assertEquals(
                "At 03:00, every day, Europe/Berlin, until 2026-07-01 00:00:30",
                of(new Timing("0 3 * * *", null, null, null, end, null)));
    }

    @Test
    void differentRulesHaveDifferentSentences() {
        Random random = new Random(5);
        Map<String, String> rules = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            String text = RandomCron.next(random);
            CronExpression expression = CronExpression.parse(i % 4 == 0 ? i % 60 + " " + text : text);
            String sentence = CronSentence.of(expression);
            String rule = times(expression);
            assertEquals(rule, rules.computeIfAbsent(sentence, key -> rule), sentence + " is also said of " + text);
        }
        assertTrue(rules.size() > 4_000, "only " + rules.size() + " rules");
    }

    /** The times of the day and the first days of an expression. */
    private static String times(CronExpression expression) {
        LocalDate day = LocalDate.of(2026, 1, 1);
        List<LocalDate> days = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            days.add(expression.days().from(day).orElseThrow());
            day = days.get(i).plusDays(1);
        }
        return expression.seconds() + " " + expression.minutes() + " " + expression.hours() + " " + days;
    }

    private static String of(Timing timing) {
        return Timetable.of(timing, BERLIN, MADE).sentence();
    }
}

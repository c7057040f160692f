package dev.pawl.schedule.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 3 * * *          | 2026-01-01T00:00 | 2026-01-01T03:30",
                "30 3 * * *          | 2026-01-01T03:30 | 2026-01-02T03:30",
                "15 30 3 * * *       | 2026-01-01T00:00 | 2026-01-01T03:30:15",
                "* * * * * *         | 2026-12-31T23:59:59 | 2027-01-01T00:00",
                "@hourly             | 2026-01-01T00:10 | 2026-01-01T01:00",
                "@Daily              | 2026-01-01T00:10 | 2026-01-02T00:00",
                "@midnight           | 2026-01-01T00:10 | 2026-01-02T00:00",
                "@weekly             | 2026-01-01T00:10 | 2026-01-04T00:00",
                "@monthly            | 2026-01-01T00:10 | 2026-02-01T00:00",
                "@yearly             | 2026-01-01T00:10 | 2027-01-01T00:00",
                "@annually           | 2026-01-01T00:10 | 2027-01-01T00:00",
                "0 0 L * *           | 2026-02-01T00:10 | 2026-02-28T00:00",
                "0 0 l * *           | 2028-02-01T00:10 | 2028-02-29T00:00",
                "0 0 L-3 * *         | 2026-02-01T00:10 | 2026-02-25T00:00",
                "0 0 L-30 * *        | 2026-02-01T00:10 | 2026-03-01T00:00",
                "0 0 LW * *          | 2026-02-01T00:10 | 2026-02-27T00:00",
                "0 0 15W * *         | 2026-02-01T00:10 | 2026-02-16T00:00",
                "0 0 1W * *          | 2026-07-31T00:10 | 2026-08-03T00:00",
                "0 0 31W * *         | 2026-05-01T00:10 | 2026-05-29T00:00",
                "0 0 31W * *         | 2026-06-01T00:10 | 2026-07-31T00:00",
                "0 0 * * FRI#2       | 2026-01-01T00:10 | 2026-01-09T00:00",
                "0 0 * * 5#5         | 2026-02-01T00:10 | 2026-05-29T00:00",
                "0 0 * * 5L          | 2026-01-01T00:10 | 2026-01-30T00:00",
                "0 0 * * 7L          | 2026-01-01T00:10 | 2026-01-25T00:00",
                "0 0 * * friL        | 2026-01-01T00:10 | 2026-01-30T00:00",
                "0 0 * * MON-FRI     | 2026-01-02T00:10 | 2026-01-05T00:00",
                "0 0 * * FRI-MON     | 2026-01-05T00:10 | 2026-01-09T00:00",
                "0 0 * * FRI-SUN     | 2026-01-03T00:10 | 2026-01-04T00:00",
                "0 0 * * 5-7         | 2026-01-03T00:10 | 2026-01-04T00:00",
                "0 0 * * 7-2         | 2026-01-03T00:10 | 2026-01-04T00:00",
                "0 0 * * 7           | 2026-01-01T00:10 | 2026-01-04T00:00",
                "0 0 * * 0           | 2026-01-01T00:10 | 2026-01-04T00:00",
                "0 0 * NOV-FEB *     | 2026-02-28T00:10 | 2026-11-01T00:00",
                "0 22-2 * * *        | 2026-01-01T03:10 | 2026-01-01T22:00",
                "0 22-2/3 * * *      | 2026-01-01T22:10 | 2026-01-02T01:00",
                "*/7 1,2,5-9/2 * * * | 2026-01-01T02:57 | 2026-01-01T05:00",
                "5/20 * * * *        | 2026-01-01T00:06 | 2026-01-01T00:25",
                "0 0 13 * FRI        | 2026-01-01T00:10 | 2026-01-02T00:00",
                "0 0 13 * FRI        | 2026-01-09T00:10 | 2026-01-13T00:00",
                "0 0 */2 * FRI       | 2026-01-02T00:10 | 2026-01-09T00:00",
                "0 0 ? * FRI         | 2026-01-02T00:10 | 2026-01-09T00:00",
                "0 0 29 2 *          | 2026-01-01T00:10 | 2028-02-29T00:00",
                "0 0 29 2 *          | 2096-03-01T00:10 | 2104-02-29T00:00",
                "0 0 * 2 MON#5       | 2026-01-01T00:10 | 2044-02-29T00:00",
                "0\t0  1  1   *      | 2026-01-01T00:10 | 2027-01-01T00:00"
            })
    void anExpressionHasTheTimesThatItSays(String expression, LocalDateTime after, LocalDateTime next) {
        assertEquals(next, CronExpression.parse(expression).next(after));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 30 2 *    | can never fire: no year has such a day (day of the month 30, month 2",
                "0 0 31 4,6,9,11 * | can never fire",
                "0 0 31W FEB-FEB * | can never fire",
                "0 0 L-30 2,4 * | can never fire",
                "0 0 */30 2 TUE#2 | can never fire: no year has such a day (day of the month */30, month 2, day of the week TUE#2)",
                "61 * * * *    | has \"61\" as its minute; it takes 0 to 59",
                "* 24 * * *    | has \"24\" as its hour; it takes 0 to 23",
                "60 * * * * *  | has \"60\" as its second",
                "* * 0 * *     | has \"0\" as its day of the month; it takes 1 to 31",
                "* * 32W * *   | has \"32W\" as its day of the month",
                "* * W * *     | has \"W\" as its day of the month",
                "* * L-31 * *  | has \"L-31\" as its day of the month; L is the last day, L-1 to L-30 are days before it",
                "* * LX * *    | has \"LX\" as its day of the month; L is the last day",
                "* * * 13 *    | has \"13\" as its month; it takes 1 to 12 or JAN to DEC",
                "* * * MAI *   | has \"MAI\" as its month",
                "* * * * 8     | has \"8\" as its day of the week; it takes 0 to 7 or SUN to SAT",
                "* * * * MON#6 | # takes 1 to 5, as in FRI#2",
                "* * * * MON#  | # takes 1 to 5, as in FRI#2",
                "* * * * #2    | name the day before it",
                "* * * * L     | name the day before it, as in FRIL (the last Friday of the month)",
                "* * * * ?,1   | has \"?\" as its day of the week",
                "? * * * *     | has \"?\" as its minute",
                "*/0 * * * *   | a step takes 1 to 59",
                "*/90 * * * *  | a step takes 1 to 59. For an interval that does not fit into it, give every instead of cron.",
                "1- * * * *    | has \"1-\" as its minute",
                "-1 * * * *    | has \"-1\" as its minute",
                "1-2-3 * * * * | has \"1-2-3\" as its minute",
                "1/2/3 * * * * | has \"1/2/3\" as its minute",
                "1,,2 * * * *  | has an empty item as its minute",
                "1, * * * *    | has an empty item as its minute",
                "99999999999 * * * * | has \"99999999999\" as its minute",
                "٣ * * * *     | has \"٣\" as its minute",
                "* * * *       | has 4 fields; it takes 5",
                "5             | has 1 field; it takes 5",
                "0 0 0 1 1 * 2026 | has more than 6 fields",
                "@reboot       | is not known; there are @hourly, @daily",
                "@every 90s    | For an interval give every instead of cron.",
                "TZ=UTC 0 0 * * * | give it as time_zone instead"
            })
    void whatIsNoExpressionIsRefusedWithItsReason(String expression, String reason) {
        String said = refusal(expression);
        assertTrue(said.startsWith("cron ") && said.contains(reason), said);
    }

    @Test
    void eachMonthAndEachDayOfTheWeekHasItsName() {
        for (Month month : Month.values()) {
            String name = month.name().substring(0, 3);
            assertEquals(
                    CronExpression.parse("0 0 1 " + month.getValue() + " *"),
                    CronExpression.parse("0 0 1 " + name + " *"));
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().substring(0, 3);
            assertEquals(CronExpression.parse("0 0 ? * " + day.getValue()), CronExpression.parse("0 0 ? * " + name));
        }
    }

    @Test
    void aHostileExpressionIsReadInNoTime() {
        String many = IntStream.range(0, 200_000).mapToObj(i -> "1").collect(Collectors.joining(","));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertEquals(1 << 1, CronExpression.parse("0 " + many + " * * *").hours());
            refusal("0 " + many.replace(',', '-') + " * * *");
            refusal(many.replace(',', ' '));
            refusal("0 0 * * " + many.replace(',', '#'));
            refusal("0 0 " + many.replace(',', 'L') + " * *");
        });
    }

    private static String refusal(String expression) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> CronExpression.parse(expression))
                .getMessage());
    }
}

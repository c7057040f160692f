package dev.pawl.schedule.time;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The days of the week of a cron expression.
 *
 * @param every whether the field begins with {@code *}, and so does not add days but at most leaves some out
 * @param days the days as bits, bit 0 for Sunday
 * @param inMonth days of one week of the month
 */
record DaysOfWeek(boolean every, int days, List<InMonth> inMonth) {

    private static final int WEEK = 7;

    /** A bit for the first day of each of five weeks. */
    private static final long WEEKS = 1L | 1L << 7 | 1L << 14 | 1L << 21 | 1L << 28;

    private static final int MOST_WEEKS = 5;

    DaysOfWeek {
        inMonth = List.copyOf(inMonth);
    }

    /** @throws IllegalArgumentException when an item of the list is no day */
    static DaysOfWeek parse(String field) {
        int days = 0;
        List<InMonth> inMonth = new ArrayList<>();
        for (String item : field.split(",", -1)) {
            int hash = item.indexOf('#');
            if (hash >= 0) {
                inMonth.add(new InMonth(day(item, item.substring(0, hash)), week(item, item.substring(hash + 1))));
            } else if (item.toUpperCase(Locale.ROOT).endsWith("L")) {
                inMonth.add(new InMonth(day(item, item.substring(0, item.length() - 1)), InMonth.LAST));
            } else {
                days |= (int) CronField.DAY_OF_WEEK.values(item);
            }
        }
        return new DaysOfWeek(field.startsWith("*"), days, inMonth);
    }

    private static int day(String item, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "cron has \"" + item
                            + "\" as its day of the week; name the day before it, as in FRIL (the last Friday of the month) or FRI#2 (the second).");
        }
        return CronField.DAY_OF_WEEK.value(item, text) % WEEK;
    }

    private static int week(String item, String text) {
        int week = CronField.number(text);
        if (week < 1 || week > MOST_WEEKS) {
            throw new IllegalArgumentException("cron has \"" + item
                    + "\" as its day of the week; # takes 1 to 5, as in FRI#2, the second Friday of the month.");
        }
        return week;
    }

    /** The days in a month, as bits, bit 1 for the first. */
    int in(LocalDate firstOfMonth) {
        int first = firstOfMonth.getDayOfWeek().getValue() % WEEK;
        int fromFirst = (days >>> first | days << (WEEK - first)) & 0x7f;
        int length = firstOfMonth.lengthOfMonth();
        long found = (fromFirst * WEEKS) << 1;
        for (InMonth one : inMonth) {
            found |= 1L << one.in(first, length);
        }
        return (int) (found & ((1L << (length + 1)) - 1)) & ~1;
    }

    /**
     * A day of one week of the month.
     *
     * @param day 0 for Sunday to 6
     * @param week 1 for the first such day of the month to 5, or {@link #LAST}
     */
    record InMonth(int day, int week) {

        static final int LAST = 0;

        private int in(int first, int length) {
            int earliest = 1 + (day - first + WEEK) % WEEK;
            int latest = earliest + (length - earliest) / WEEK * WEEK;
            return week == LAST ? latest : earliest + (week - 1) * WEEK;
        }
    }
}

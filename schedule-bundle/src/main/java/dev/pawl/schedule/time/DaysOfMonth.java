package dev.pawl.schedule.time;

import java.time.LocalDate;
import java.util.Locale;

/**
 * The days of the month of a cron expression.
 *
 * @param every whether the field begins with {@code *}, and so does not add days but at most leaves some out
 * @param days the days as bits, bit 1 for the first
 * @param fromEnd days counted from the last one, as bits: bit 0 is the last day ({@code L}), bit 3 the third before it ({@code L-3})
 * @param nearest days whose nearest day from Monday to Friday in the same month is meant ({@code 15W}), as bits
 * @param lastWeekday whether the last day from Monday to Friday is meant ({@code LW})
 */
record DaysOfMonth(boolean every, int days, int fromEnd, int nearest, boolean lastWeekday) {

    private static final int MOST_BEFORE_LAST = 30;

    /** @throws IllegalArgumentException when an item of the list is no day */
    static DaysOfMonth parse(String field) {
        int fromEnd = 0;
        int nearest = 0;
        boolean lastWeekday = false;
        int days = 0;
        for (String item : field.split(",", -1)) {
            String upper = item.toUpperCase(Locale.ROOT);
            if (upper.equals("LW")) {
                lastWeekday = true;
            } else if (upper.startsWith("L")) {
                fromEnd |= 1 << daysBeforeLast(item, upper.substring(1));
            } else if (upper.endsWith("W")) {
                nearest |= 1 << CronField.DAY_OF_MONTH.value(item, item.substring(0, item.length() - 1));
            } else {
                days |= (int) CronField.DAY_OF_MONTH.values(item);
            }
        }
        return new DaysOfMonth(field.startsWith("*"), days, fromEnd, nearest, lastWeekday);
    }

    private static int daysBeforeLast(String item, String rest) {
        if (rest.isEmpty()) {
            return 0;
        }
        int days = rest.startsWith("-") ? CronField.number(rest.substring(1)) : -1;
        if (days < 1 || days > MOST_BEFORE_LAST) {
            throw new IllegalArgumentException(
                    "cron has \"" + item + "\" as its day of the month; L is the last day, L-1 to L-" + MOST_BEFORE_LAST
                            + " are days before it, and LW is the last day from Monday to Friday.");
        }
        return days;
    }

    /** The days in a month, as bits. */
    int in(LocalDate firstOfMonth) {
        int length = firstOfMonth.lengthOfMonth();
        int found = days;
        for (int before : Bits.places(fromEnd)) {
            found |= bit(length - before);
        }
        for (int day : Bits.places(nearest)) {
            found |= day <= length ? bit(nearestWeekday(firstOfMonth, day, length)) : 0;
        }
        if (lastWeekday) {
            found |= bit(nearestWeekday(firstOfMonth, length, length));
        }
        return found & (-1 >>> (31 - length)) & ~1;
    }

    /** Does not leave the month: of a first day that is a Saturday the nearest is the third, which is a Monday. */
    private static int nearestWeekday(LocalDate firstOfMonth, int day, int length) {
        return switch (firstOfMonth.plusDays(day - 1).getDayOfWeek()) {
            case SATURDAY -> day == 1 ? 3 : day - 1;
            case SUNDAY -> day == length ? day - 2 : day + 1;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
        };
    }

    private static int bit(int day) {
        return day < 1 ? 0 : 1 << day;
    }
}

package dev.pawl.schedule.time;

import dev.pawl.schedule.time.DaysOfWeek.InMonth;
import java.util.ArrayList;
import java.util.List;

/** The days of a cron expression in English. */
final class DayWords {

    private static final int ALL_DAYS = (int) CronField.DAY_OF_MONTH.all();

    private static final int ALL_MONTHS = (int) CronField.MONTH.all();

    private static final int EVERY_DAY_OF_WEEK = 0b1111111;

    private static final int WEEKDAYS = 0b0111110;

    private static final int WEEKEND = 0b1000001;

    private static final int LAST_DAY = 31;

    /** So many days at one distance are told by the distance. */
    private static final int MANY = 4;

    /** The days of the week as English orders them. */
    private static final List<String> NAMES =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private static final int FEWEST_IN_A_RUN = 3;

    private static final List<String> ORDINALS = List.of("last", "first", "second", "third", "fourth", "fifth");

    private DayWords() {}

    /** {@code on weekdays, in July}; empty for all days. */
    static String of(CalendarDays days) {
        String month = months(days.months());
        if (isOneDate(days)) {
            return "on " + first(days.ofMonth().days()) + " " + month(first(days.months()));
        }
        String day = dayWords(days);
        if (month.isEmpty()) {
            return day;
        }
        return (day.isEmpty() ? "every day" : day) + ", " + month;
    }

    private static boolean isOneDate(CalendarDays days) {
        DaysOfMonth day = days.ofMonth();
        return Integer.bitCount(days.months()) == 1
                && Integer.bitCount(day.days()) == 1
                && day.fromEnd() == 0
                && day.nearest() == 0
                && !day.lastWeekday()
                && days.ofWeek().every()
                && isAny(days.ofWeek());
    }

    private static String dayWords(CalendarDays days) {
        boolean anyOfMonth = (days.ofMonth().days() & ALL_DAYS) == ALL_DAYS;
        boolean anyOfWeek = isAny(days.ofWeek());
        if (days.areAlternatives() ? anyOfMonth || anyOfWeek : anyOfMonth && anyOfWeek) {
            return "";
        }
        if (anyOfWeek) {
            return ofMonth(days.ofMonth());
        }
        if (anyOfMonth) {
            return "on " + ofWeek(days.ofWeek(), "and");
        }
        return ofMonth(days.ofMonth())
                + (days.areAlternatives()
                        ? " or on " + ofWeek(days.ofWeek(), "and")
                        : " that falls on " + ofWeek(days.ofWeek(), "or"));
    }

    private static boolean isAny(DaysOfWeek days) {
        return days.days() == EVERY_DAY_OF_WEEK;
    }

    private static String ofMonth(DaysOfMonth days) {
        List<String> items = new ArrayList<>();
        if (days.days() != 0) {
            items.add(numbered(days.days()));
        }
        for (int day : Bits.places(days.nearest())) {
            items.add("the weekday nearest day " + day);
        }
        for (int before : Bits.places(days.fromEnd())) {
            items.add(before == 0 ? "the last day" : "the " + beforeLast(before) + " before the last day");
        }
        if (days.lastWeekday()) {
            items.add("the last weekday");
        }
        return "on " + English.list(items, "and") + " of the month";
    }

    private static String beforeLast(int days) {
        return days == 1 ? "day" : English.ordinal(days) + " day";
    }

    private static String numbered(int days) {
        int first = first(days);
        int step = first(days & days - 1) - first;
        if (Integer.bitCount(days) >= MANY && step > 1 && days == stepped(first, step)) {
            return "every " + English.ordinal(step) + " day" + (first == 1 ? "" : " from day " + first);
        }
        return (Integer.bitCount(days) == 1 ? "day " : "days ")
                + English.runs(Integer.toUnsignedLong(days), String::valueOf);
    }

    private static int stepped(int first, int step) {
        int days = 0;
        for (int day = first; day <= LAST_DAY; day += step) {
            days |= 1 << day;
        }
        return days;
    }

    private static String ofWeek(DaysOfWeek days, String conjunction) {
        List<String> items = new ArrayList<>();
        if (days.days() == WEEKDAYS) {
            items.add("weekdays");
        } else if (days.days() == WEEKEND) {
            items.add("weekends");
        } else {
            for (int day = 1; day <= NAMES.size(); day++) { // Monday is the first
                if ((days.days() & 1 << day % NAMES.size()) != 0) {
                    items.add(NAMES.get(day % NAMES.size()));
                }
            }
        }
        for (InMonth one : days.inMonth()) {
            items.add("the " + ORDINALS.get(one.week()) + " " + NAMES.get(one.day()) + " of the month");
        }
        return English.list(items, conjunction);
    }

    private static String months(int months) {
        if (months == ALL_MONTHS) {
            return "";
        }
        int fromJanuary = months >>> 1;
        return Integer.bitCount(months) >= FEWEST_IN_A_RUN && Bits.areRun(fromJanuary, MONTHS.size())
                ? "from " + month(1 + Bits.runStart(fromJanuary, MONTHS.size())) + " to "
                        + month(1 + Bits.runEnd(fromJanuary, MONTHS.size()))
                : "in "
                        + English.list(
                                Bits.places(months).stream()
                                        .map(DayWords::month)
                                        .toList(),
                                "and");
    }

    private static String month(int number) {
        return MONTHS.get(number - 1);
    }

    private static int first(int bits) {
        return Integer.numberOfTrailingZeros(bits);
    }
}

package dev.pawl.schedule.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A second implementation of cron expressions, to compare with: it asks of one time after the other whether it fits the text of each field. It
 * shares no code with the first.
 */
final class NaiveCron {

    private static final List<String> MONTHS =
            List.of("", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final String[] fields;

    NaiveCron(String expression) {
        String six = expression.split(" ", -1).length == 5 ? "0 " + expression : expression;
        this.fields = six.toUpperCase(Locale.ROOT).replace('?', '*').split(" ", -1);
    }

    boolean fitsSecond(int second) {
        return fits(fields[0], second, 0, 59, List.of());
    }

    boolean fitsMinute(int minute) {
        return fits(fields[1], minute, 0, 59, List.of());
    }

    boolean fitsHour(int hour) {
        return fits(fields[2], hour, 0, 23, List.of());
    }

    /** Whether it is finer than an hour, found by counting the times of an hour. */
    boolean isFine() {
        int times = 0;
        for (int second = 0; second < 3_600; second++) {
            times += fitsMinute(second / 60) && fitsSecond(second % 60) ? 1 : 0;
        }
        return times > 1;
    }

    boolean fitsDay(LocalDate day) {
        if (!fits(fields[4], day.getMonthValue(), 1, 12, MONTHS)) {
            return false;
        }
        boolean fitsMonthDay = false;
        for (String item : fields[3].split(",", -1)) {
            fitsMonthDay |= fitsDayOfMonth(item, day);
        }
        boolean fitsWeekDay = false;
        for (String item : fields[5].split(",", -1)) {
            fitsWeekDay |= fitsDayOfWeek(item, day);
        }
        boolean isEither = fields[3].charAt(0) != '*' && fields[5].charAt(0) != '*';
        return isEither ? fitsMonthDay || fitsWeekDay : fitsMonthDay && fitsWeekDay;
    }

    private static boolean fitsDayOfMonth(String item, LocalDate day) {
        if (item.equals("L")) {
            return isLastOfMonth(day);
        }
        if (item.equals("LW")) {
            LocalDate last = day.withDayOfMonth(day.lengthOfMonth());
            while (isWeekend(last)) {
                last = last.minusDays(1);
            }
            return day.equals(last);
        }
        if (item.startsWith("L-")) {
            LocalDate later = day.plusDays(Integer.parseInt(item.substring(2)));
            return isLastOfMonth(later) && later.getMonth() == day.getMonth();
        }
        if (item.endsWith("W")) {
            int meant = Integer.parseInt(item.substring(0, item.length() - 1));
            return meant <= day.lengthOfMonth() && day.equals(nearestWeekday(day.withDayOfMonth(meant)));
        }
        return fits(item, day.getDayOfMonth(), 1, 31, List.of());
    }

    private static LocalDate nearestWeekday(LocalDate day) {
        for (int distance = 0; ; distance++) {
            for (LocalDate near : List.of(day.minusDays(distance), day.plusDays(distance))) {
                if (!isWeekend(near) && near.getMonth() == day.getMonth()) {
                    return near;
                }
            }
        }
    }

    private static boolean fitsDayOfWeek(String item, LocalDate day) {
        int number = day.getDayOfWeek().getValue() % 7;
        if (item.contains("#")) {
            String[] parts = item.split("#", -1);
            return fitsDayOfWeek(parts[0], day) && (day.getDayOfMonth() + 6) / 7 == Integer.parseInt(parts[1]);
        }
        if (item.endsWith("L")) {
            return fitsDayOfWeek(item.substring(0, item.length() - 1), day)
                    && day.plusDays(7).getMonth() != day.getMonth();
        }
        if (item.contains("/") || item.contains("*")) {
            return fits(item, number, 0, 6, DAYS);
        }
        return fits(item, number, 0, 7, DAYS) || (number == 0 && fits(item, 7, 0, 7, DAYS)) || wrapsOver(item, number);
    }

    /** A range over the end of the week, walked day by day. */
    private static boolean wrapsOver(String item, int number) {
        String[] ends = item.split("-", -1);
        if (ends.length == 1 || numberOf(ends[0], DAYS) <= numberOf(ends[1], DAYS)) {
            return false;
        }
        for (int day = numberOf(ends[0], DAYS) % 7; ; day = (day + 1) % 7) {
            if (day == number) {
                return true;
            }
            if (day == numberOf(ends[1], DAYS)) {
                return false;
            }
        }
    }

    private static boolean fits(String list, int value, int least, int greatest, List<String> names) {
        for (String item : list.split(",", -1)) {
            if (fitsItem(item, value, least, greatest, names)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fitsItem(String item, int value, int least, int greatest, List<String> names) {
        String[] parts = item.split("/", -1);
        int step = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
        String[] ends = parts[0].equals("*") ? new String[] {"" + least, "" + greatest} : parts[0].split("-", -1);
        int first = numberOf(ends[0], names);
        int last = ends.length == 2 ? numberOf(ends[1], names) : parts.length == 1 ? first : greatest;
        int at = first;
        int walked = 0;
        while (true) {
            if (at == value && walked % step == 0) {
                return true;
            }
            if (at == last) {
                return false;
            }
            at = at == greatest ? least : at + 1;
            walked++;
        }
    }

    private static int numberOf(String text, List<String> names) {
        return names.contains(text) ? names.indexOf(text) : Integer.parseInt(text);
    }

    private static boolean isLastOfMonth(LocalDate day) {
        return day.plusDays(1).getDayOfMonth() == 1;
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}

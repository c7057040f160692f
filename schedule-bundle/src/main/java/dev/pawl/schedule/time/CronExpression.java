package dev.pawl.schedule.time;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The local times of a cron expression: five fields (minute, hour, day of the month, month, day of the week), six with the second before them,
 * or an alias such as {@code @daily}. The values of the fields are bits. It knows no time zone; {@link CronTimes} does.
 */
record CronExpression(long seconds, long minutes, long hours, CalendarDays days) {

    private static final int WITHOUT_SECONDS = 5;

    private static final int WITH_SECONDS = 6;

    private static final Map<String, String> ALIASES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    /** A year with all days, from which on every day is looked for that there may be. */
    private static final LocalDate LEAP_DAY = LocalDate.of(2000, 2, 29);

    /**
     * Reads an expression. Letters may be small, and blanks may be several.
     *
     * @throws IllegalArgumentException when it is none, or has no time in any year; the message names the part
     */
    static CronExpression parse(String text) {
        String plain = text.strip();
        String alias = ALIASES.get(plain.toLowerCase(Locale.ROOT));
        String[] fields = (alias == null ? withoutAlias(plain) : alias).split("[ \\t]+", WITH_SECONDS + 1);
        if (fields.length != WITHOUT_SECONDS && fields.length != WITH_SECONDS) {
            throw new IllegalArgumentException(
                    "cron \"" + text + "\" has "
                            + (fields.length > WITH_SECONDS ? "more than 6" : fields.length)
                            + (fields.length == 1 ? " field" : " fields")
                            + "; it takes 5 (minute, hour, day of the month, month, day of the week), or 6 with the second first.");
        }
        int at = fields.length - WITHOUT_SECONDS;
        CronExpression parsed = new CronExpression(
                at == 0 ? 1 : list(CronField.SECOND, fields[0]),
                list(CronField.MINUTE, fields[at]),
                list(CronField.HOUR, fields[at + 1]),
                new CalendarDays(
                        DaysOfMonth.parse(starForQuestionMark(fields[at + 2])),
                        DaysOfWeek.parse(starForQuestionMark(fields[at + 4])),
                        (int) list(CronField.MONTH, fields[at + 3])));
        if (parsed.days().from(LEAP_DAY).isEmpty()) {
            throw new IllegalArgumentException(
                    "cron \"" + text + "\" can never fire: no year has such a day (day of the month "
                            + fields[at + 2] + ", month " + fields[at + 3] + ", day of the week " + fields[at + 4]
                            + "). Correct the day or the month.");
        }
        return parsed;
    }

    private static String withoutAlias(String text) {
        if (text.startsWith("@")) {
            throw new IllegalArgumentException(
                    "cron \"" + text
                            + "\" is not known; there are @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually. For an interval give every instead of cron.");
        }
        if (text.contains("TZ=")) {
            throw new IllegalArgumentException(
                    "cron \"" + text + "\" sets a time zone; give it as time_zone instead, without TZ= in cron.");
        }
        return text;
    }

    /** Quartz has a question mark for the field that the other one of the two decides. */
    private static String starForQuestionMark(String field) {
        return field.equals("?") ? "*" : field;
    }

    private static long list(CronField field, String text) {
        long bits = 0;
        for (String item : text.split(",", -1)) {
            bits |= field.values(item);
        }
        return bits;
    }

    /** Whether two of its times lie less than an hour apart: it has more than one minute of an hour, or more than one second of a minute. */
    boolean isFinerThanAnHour() {
        return Long.bitCount(minutes) > 1 || Long.bitCount(seconds) > 1;
    }

    /** The first local time after another; it is there, since an expression that never fires is refused. */
    LocalDateTime next(LocalDateTime after) {
        LocalDateTime from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        LocalDate day = dayFrom(from.toLocalDate());
        if (day.equals(from.toLocalDate())) {
            Optional<LocalTime> sameDay = timeFrom(from.getHour(), from.getMinute(), from.getSecond());
            if (sameDay.isPresent()) {
                return day.atTime(sameDay.get());
            }
            day = dayFrom(day.plusDays(1));
        }
        return day.atTime(at(lowest(hours), lowest(minutes), lowest(seconds)));
    }

    private LocalDate dayFrom(LocalDate first) {
        return days.from(first).orElseThrow();
    }

    private Optional<LocalTime> timeFrom(int hour, int minute, int second) {
        if (has(hours, hour)) {
            if (has(minutes, minute) && from(seconds, second) != 0) {
                return Optional.of(at(hour, minute, lowest(from(seconds, second))));
            }
            long later = from(minutes, minute + 1);
            if (later != 0) {
                return Optional.of(at(hour, lowest(later), lowest(seconds)));
            }
        }
        long later = from(hours, hour + 1);
        return later == 0 ? Optional.empty() : Optional.of(at(lowest(later), lowest(minutes), lowest(seconds)));
    }

    private static LocalTime at(int hour, int minute, int second) {
        return LocalTime.of(hour, minute, second);
    }

    private static boolean has(long bits, int value) {
        return (bits & 1L << value) != 0;
    }

    private static long from(long bits, int least) {
        return bits & -1L << least;
    }

    private static int lowest(long bits) {
        return Long.numberOfTrailingZeros(bits);
    }
}

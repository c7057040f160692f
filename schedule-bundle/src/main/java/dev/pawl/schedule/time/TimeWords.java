package dev.pawl.schedule.time;

import java.util.ArrayList;
import java.util.List;

/** The times of a day in English. The values are bits. */
record TimeWords(long seconds, long minutes, long hours) {

    private static final int MINUTES = 60;

    private static final int HOURS = 24;

    /** So many times are told one by one. */
    private static final int FEW = 6;

    /** So many hours with a pattern are told by the pattern. */
    private static final int MANY = 4;

    /** Whether they are told as times of a day, and not as something that goes on and on. */
    boolean areOfADay() {
        return step(hours, HOURS) == 0 || count(hours) < MANY;
    }

    /** The words, with a capital letter: {@code At 03:00}, {@code Every 15 minutes from 09:00 to 17:59}. */
    String words() {
        if (count(minutes) == 1 && count(seconds) == 1) {
            return onceAnHour();
        }
        if (count(hours) * count(minutes) * count(seconds) <= FEW) {
            return oneByOne();
        }
        return oftenAnHour();
    }

    private String onceAnHour() {
        int step = step(hours, HOURS);
        if (count(hours) < MANY) {
            return oneByOne();
        }
        if (step == 1) {
            return isZero() ? "Every hour" : "At minute " + first(minutes) + atSecond(", second ") + " of every hour";
        }
        if (step > 1) {
            String from = isZero() && first(hours) == 0 ? "" : " from " + time(first(hours));
            return "Every " + step + " hours" + from;
        }
        return Bits.areRun(hours, HOURS)
                ? "Every hour from " + time(Bits.runStart(hours, HOURS)) + " to " + time(Bits.runEnd(hours, HOURS))
                : oneByOne();
    }

    private String oneByOne() {
        List<String> times = new ArrayList<>();
        for (int hour : Bits.places(hours)) {
            for (int minute : Bits.places(minutes)) {
                for (int second : Bits.places(seconds)) {
                    times.add(time(hour, minute, second));
                }
            }
        }
        return "At " + English.list(times, "and");
    }

    private String oftenAnHour() {
        int step = step(minutes, MINUTES);
        if (count(seconds) > 1) {
            return secondList()
                    + (step == 1 ? ofEveryMinute() + ofHours("") : " of " + minuteList() + ofHours(" of every hour"));
        }
        if (step == 1) {
            return (isZeroSecond() ? "Every minute" : "At second " + first(seconds) + " of every minute") + ofHours("");
        }
        if (step > 1) {
            String from = first(minutes) == 0 ? "" : " from minute " + first(minutes);
            return "Every " + step + " minutes" + from + atSecond(" at second ")
                    + ofHours(from.isEmpty() ? "" : " of every hour");
        }
        return "At " + minuteList() + atSecond(", second ") + ofHours(" of every hour");
    }

    private String secondList() {
        int step = step(seconds, MINUTES);
        if (step == 0) {
            return "At seconds " + English.runs(seconds, String::valueOf);
        }
        String from = first(seconds) == 0 ? "" : " from second " + first(seconds);
        return step == 1 ? "Every second" : "Every " + step + " seconds" + from;
    }

    private String ofEveryMinute() {
        return first(seconds) == 0 && step(seconds, MINUTES) > 0 ? "" : " of every minute";
    }

    private String minuteList() {
        return (count(minutes) == 1 ? "minute " : "minutes ") + English.runs(minutes, String::valueOf);
    }

    private String ofHours(String always) {
        int step = step(hours, HOURS);
        if (step == 1) {
            return always;
        }
        if (Bits.areRun(hours, HOURS)) {
            return always + " from " + two(Bits.runStart(hours, HOURS)) + ":00 to " + two(Bits.runEnd(hours, HOURS))
                    + ":59";
        }
        if (step > 1 && count(hours) >= MANY) {
            return " of every " + English.ordinal(step) + " hour"
                    + (first(hours) == 0 ? "" : " from " + two(first(hours)) + ":00");
        }
        return " of the hours " + English.runs(hours, String::valueOf);
    }

    private String atSecond(String words) {
        return isZeroSecond() ? "" : words + first(seconds);
    }

    private boolean isZero() {
        return minutes == 1 && isZeroSecond();
    }

    private boolean isZeroSecond() {
        return seconds == 1;
    }

    private String time(int hour) {
        return time(hour, first(minutes), first(seconds));
    }

    private String time(int hour, int minute, int second) {
        String text = two(hour) + ":" + two(minute);
        return isZeroSecond() ? text : text + ":" + two(second);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    /** The distance of values that go around evenly, as 0, 15, 30 and 45 do; 0 when they do not. */
    private static int step(long bits, int size) {
        int step = size / count(bits);
        long even = 0;
        for (int value = first(bits); value < size; value += step) {
            even |= 1L << value;
        }
        return count(bits) * step == size && even == bits ? step : 0;
    }

    private static int count(long bits) {
        return Long.bitCount(bits);
    }

    private static int first(long bits) {
        return Long.numberOfTrailingZeros(bits);
    }
}

package dev.pawl.schedule.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The due times of an interval. They follow one another in elapsed time, whatever the clock of a place does.
 *
 * @param first the first of them
 * @param every at least a second
 */
record IntervalTimes(Instant first, Duration every) implements DueTimes {

    private static final long DAY = 86_400;

    @Override
    public Instant next(Instant after) {
        if (after.isBefore(first)) {
            return first;
        }
        long passed = Duration.between(first, after).dividedBy(every);
        return first.plus(every.multipliedBy(passed)).plus(every);
    }

    /** Never "every day", which would be the same time of each day: a day on which the clock changes has not 24 hours. */
    @Override
    public String sentence() {
        long millis = every.toMillis();
        if (millis % 1_000 != 0) {
            return "Every " + millis / 1_000.0 + " seconds";
        }
        long seconds = every.toSeconds();
        if (seconds > DAY && seconds % DAY == 0) {
            return "Every " + seconds / DAY + " days of 24 hours";
        }
        if (seconds % 3_600 == 0) {
            return every(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 ? every(seconds / 60, "minute") : every(seconds, "second");
    }

    private static String every(long count, String unit) {
        return count == 1 ? "Every " + unit : "Every " + count + " " + unit + "s";
    }
}

package dev.pawl.schedule.time;

import java.time.Instant;

/** Due times without a beginning or an end. */
sealed interface DueTimes permits CronTimes, IntervalTimes {

    /** The first due time after a moment between the years 1 and 9999. */
    Instant next(Instant after);

    /** The rule as an English sentence without its full stop. */
    String sentence();
}

package dev.pawl.schedule.time;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cron expression as an English sentence: its times of the day, its days, its months. It is made of the values, so that equal rules read alike. */
final class CronSentence {

    private CronSentence() {}

    /** The sentence without its full stop: {@code At 03:00, on weekdays}. */
    static String of(CronExpression expression) {
        TimeWords times = new TimeWords(expression.seconds(), expression.minutes(), expression.hours());
        String days = DayWords.of(expression.days());
        return Stream.of(times.words(), days.isEmpty() && times.areOfADay() ? "every day" : days)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}

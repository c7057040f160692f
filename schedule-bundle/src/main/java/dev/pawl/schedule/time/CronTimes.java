package dev.pawl.schedule.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The due times of a cron expression in a time zone. A local time that the clock skips is due at the first moment after the gap; those that
 * thereby meet are one. A local time that comes twice is due the first time, and also the second time when the expression is finer than an
 * hour, which means that two of its times lie less than an hour apart.
 */
record CronTimes(CronExpression expression, ZoneId zone) implements DueTimes {

    @Override
    public Instant next(Instant after) {
        ZoneRules rules = zone.getRules();
        LocalDateTime due = expression.next(turn(after, rules));
        ZoneOffsetTransition change = rules.nextTransition(after);
        if (change == null || due.isBefore(change.getDateTimeBefore())) {
            return due.toInstant(rules.getOffset(after));
        }
        if (change.isOverlap() && expression.isFinerThanAnHour()) {
            due = expression.next(lastBefore(change.getDateTimeAfter()));
            if (due.isBefore(change.getDateTimeBefore())) {
                return due.toInstant(change.getOffsetAfter());
            }
        }
        return firstMoment(due, rules);
    }

    /** The local time of a moment; the end of the doubled time when the moment is in its second pass and all of it had its turn in the first. */
    private LocalDateTime turn(Instant moment, ZoneRules rules) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        ZoneOffsetTransition change = expression.isFinerThanAnHour() ? null : rules.getTransition(local);
        return change == null || change.getInstant().isAfter(moment) ? local : lastBefore(change.getDateTimeBefore());
    }

    private static Instant firstMoment(LocalDateTime local, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    private static LocalDateTime lastBefore(LocalDateTime time) {
        return time.minusNanos(1);
    }

    @Override
    public String sentence() {
        return CronSentence.of(expression) + ", " + zone.getId();
    }
}

package dev.pawl.schedule.time;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The due times of a schedule, each a moment. Immutable; no two of them are less than a second apart. */
public final class Timetable {

    /** Instants and local times reach further, but no schedule does. */
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final DueTimes times;
    private final Instant startAt;
    private final Instant endAt;
    private final String sentence;

    private Timetable(DueTimes times, Instant startAt, Instant endAt, String sentence) {
        this.times = times;
        this.startAt = startAt;
        this.endAt = endAt;
        this.sentence = sentence;
    }

    /**
     * The timetable of a rule.
     *
     * @param ofServer the zone for a rule that names none
     * @param made the moment from which an interval without a {@code start_at} is counted; the first due time is one interval later
     * @throws ProblemException {@link ProblemCode#INVALID_SCHEDULE} when the cron expression or the zone is none, or no due time ever comes
     */
    public static Timetable of(Timing timing, ZoneId ofServer, Instant made) {
        try {
            return checked(timing, timing.timeZone() == null ? ofServer : TimeZones.named(timing.timeZone()), made);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID_SCHEDULE, String.valueOf(e.getMessage()), e);
        }
    }

    private static Timetable checked(Timing timing, ZoneId zone, Instant made) {
        Instant start = timing.startAt() == null ? FIRST : clamped(timing.startAt());
        Instant end = timing.endAt() == null ? LAST : clamped(timing.endAt());
        String bounds = (timing.startAt() == null ? "" : " from " + text(start, zone))
                + (timing.endAt() == null ? "" : " until " + text(end, zone));
        DueTimes times;
        String sentence;
        if (timing.cron() != null) {
            times = new CronTimes(CronExpression.parse(timing.cron()), zone);
            sentence = times.sentence() + (bounds.isEmpty() ? "" : "," + bounds);
        } else {
            Duration every = Objects.requireNonNull(timing.every(), "a timing without cron has every");
            times = new IntervalTimes(timing.startAt() == null ? made.plus(every) : start, every);
            sentence = times.sentence() + (bounds.isEmpty() ? "" : bounds + " " + zone.getId());
        }
        Timetable timetable = new Timetable(times, start, end, sentence);
        if (timetable.next(FIRST).isEmpty()) {
            throw new IllegalArgumentException(
                    "The schedule is never due between its start_at, " + told(timing.startAt()) + ", and its end_at, "
                            + told(timing.endAt()) + "; give times that lie further apart.");
        }
        return timetable;
    }

    private static Instant clamped(Instant moment) {
        return moment.isBefore(FIRST) ? FIRST : moment.isAfter(LAST) ? LAST : moment;
    }

    private static String told(@Nullable Instant bound) {
        return bound == null ? "which is not given" : bound.toString();
    }

    private static String text(Instant moment, ZoneId zone) {
        return (moment.getEpochSecond() % 60 == 0 ? MINUTE : SECOND).format(moment.atZone(zone));
    }

    /** The first due time after a moment, from {@code start_at} to {@code end_at}; empty when there is none before the year 10000. */
    public Optional<Instant> next(Instant after) {
        Instant from = after.isBefore(startAt) ? startAt.minusNanos(1) : after;
        if (!from.isBefore(endAt)) {
            return Optional.empty();
        }
        return Optional.of(times.next(from)).filter(due -> !due.isAfter(endAt));
    }

    /** The rule for people, in English, without a full stop: {@code At 03:00, on weekdays, Europe/Berlin}. */
    public String sentence() {
        return sentence;
    }
}

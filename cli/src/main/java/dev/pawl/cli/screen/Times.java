package dev.pawl.cli.screen;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Formats times and durations for people: in their zone, as short as possible. */
public final class Times {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter THIS_YEAR = DateTimeFormatter.ofPattern("MMM d HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TO_COME =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter EXACT_DAY =
            DateTimeFormatter.ofPattern("MMM d HH:mm:ss.SSS", Locale.ENGLISH);

    private final InstantSource clock;
    private final ZoneId zone;

    public Times(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** Whether the text is a time with its offset, as the API takes it. */
    public static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** A time on the wire for a table, such as {@code 14:03:22}, {@code Nov 22 14:03} or {@code 2025-11-22}; a dash for none. */
    public String moment(String wire) {
        return parse(wire)
                .map(time -> {
                    ZonedDateTime now = clock.instant().atZone(zone);
                    if (time.toLocalDate().equals(now.toLocalDate())) {
                        return TODAY.format(time);
                    }
                    return (time.getYear() == now.getYear() ? THIS_YEAR : EARLIER).format(time);
                })
                .orElse(wire.isEmpty() ? "-" : wire);
    }

    /** A time on the wire that is to come, with its day of the week, such as {@code Mon 2026-11-23 03:00:00}; a dash for none. */
    public String toCome(String wire) {
        return parse(wire).map(TO_COME::format).orElse(wire.isEmpty() ? "-" : wire);
    }

    /** A time on the wire for a log line, with milliseconds; with the day unless it is today. */
    public String exact(String wire) {
        return parse(wire)
                .map(time -> (time.toLocalDate()
                                        .equals(clock.instant().atZone(zone).toLocalDate())
                                ? EXACT
                                : EXACT_DAY)
                        .format(time))
                .orElse(wire);
    }

    /** The duration from one time on the wire to another, or to now when that is empty; empty when the first is. */
    public String between(String from, String to) {
        return parse(from)
                .map(start -> {
                    Instant end = parse(to).map(ZonedDateTime::toInstant).orElseGet(clock::instant);
                    return duration(Duration.between(start.toInstant(), end));
                })
                .orElse("");
    }

    /** A duration such as {@code 850 ms}, {@code 2.3 s}, {@code 1m 5s}, {@code 2h 15m} or {@code 3d 4h}. */
    public static String duration(Duration duration) {
        Duration time = duration.isNegative() ? Duration.ZERO : duration;
        if (time.toSeconds() < 1) {
            return time.toMillis() + " ms";
        }
        if (time.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(time.toMillis() / 100.0) / 10);
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + "m " + time.toSecondsPart() + "s";
        }
        return time.toDays() < 1
                ? time.toHours() + "h " + time.toMinutesPart() + "m"
                : time.toDays() + "d " + time.toHoursPart() + "h";
    }

    private Optional<ZonedDateTime> parse(String wire) {
        try {
            return wire.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(wire).atZoneSameInstant(zone));
        } catch (DateTimeException e) {
            return Optional.empty(); // shown unchanged
        }
    }
}

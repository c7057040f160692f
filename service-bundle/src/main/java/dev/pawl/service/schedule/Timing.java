package dev.pawl.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a schedule becomes due: exactly one of a cron expression and an interval. Times are cut to the millisecond. Whether the expression is one, and the zone
 * exists, is checked where due times are computed.
 *
 * @param cron a cron expression, 1 to {@value #MOST_CHARACTERS} characters; null for an interval
 * @param every the interval, 1 second to {@link #LONGEST}, counted from {@code startAt}; null for a cron expression
 * @param timeZone the IANA name of the zone whose local time the expression means, kept as a name; null for the server's
 * @param startAt the earliest due time; null when there is no beginning
 * @param endAt the latest due time, after {@code startAt}; null when there is no end
 * @param jitter the longest time by which a fire may be put off after its due time, up to {@link #MOST_JITTER}; null for none
 */
public record Timing(
        @Nullable String cron,
        @Nullable Duration every,
        @Nullable String timeZone,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        @Nullable Duration jitter) {

    /** The longest interval. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    /** The longest jitter. */
    public static final Duration MOST_JITTER = Duration.ofDays(1);

    /** The greatest length of a cron expression and of a zone's name. */
    public static final int MOST_CHARACTERS = 200;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public Timing {
        if ((cron == null) == (every == null)) {
            throw new IllegalArgumentException(
                    (cron == null ? "Neither cron nor every is given" : "Both cron and every are given")
                            + "; a schedule takes exactly one of them.");
        }
        every = every == null ? null : Duration.ofMillis(every.toMillis());
        startAt = startAt == null ? null : startAt.truncatedTo(ChronoUnit.MILLIS);
        endAt = endAt == null ? null : endAt.truncatedTo(ChronoUnit.MILLIS);
        requireText("cron", cron);
        requireText("time_zone", timeZone);
        if (every != null && (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("every is " + seconds(every) + " seconds; it takes 1 second to 3650d.");
        }
        if (startAt != null && endAt != null && !endAt.isAfter(startAt)) {
            throw new IllegalArgumentException(
                    "end_at is " + endAt + ", not after start_at, which is " + startAt + "; give a later end.");
        }
        if (jitter != null && (jitter.isNegative() || jitter.compareTo(MOST_JITTER) > 0)) {
            throw new IllegalArgumentException("jitter is " + seconds(jitter) + " seconds; it takes 0 to 1d.");
        }
    }

    /** A cron expression in the server's zone. */
    public static Timing cron(String expression) {
        return new Timing(expression, null, null, null, null, null);
    }

    /** An interval. */
    public static Timing every(Duration interval) {
        return new Timing(null, interval, null, null, null, null);
    }

    private static void requireText(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MOST_CHARACTERS)) {
            throw new IllegalArgumentException(field + " has " + value.length() + " characters; it takes 1 to "
                    + MOST_CHARACTERS + ", not all of them blank.");
        }
    }

    private static String seconds(Duration duration) {
        return duration.getNano() == 0
                ? String.valueOf(duration.getSeconds())
                : String.valueOf(duration.toMillis() / 1_000.0);
    }
}

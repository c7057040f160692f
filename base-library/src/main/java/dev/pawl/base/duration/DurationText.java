package dev.pawl.base.duration;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as text: {@code 250ms}, {@code 30s}, {@code 30m}, {@code 2h} or {@code 7d}, a whole number of at most 15 digits with one unit,
 * or as ISO 8601 has them, such as {@code PT1H30M}. Upper and lower case are the same, and blanks around the text do not count.
 */
public final class DurationText {

    /** The longest duration, which is shorter than all time that {@link java.time.Instant} knows. */
    public static final Duration LONGEST = Duration.ofDays(999_999_999);

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

    private DurationText() {}

    /**
     * The duration, in whole milliseconds, from nothing to {@link #LONGEST}; empty when the text spells none, a negative one, or a longer
     * one.
     */
    public static Optional<Duration> parse(String text) {
        return parseSigned(text).filter(DurationText::isInRange).map(exact -> exact.truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * The duration, to the nanosecond; empty when the text spells none. For inputs of modules, which may be negative: only ISO 8601 has a
     * sign, as in {@code PT-5S}.
     */
    public static Optional<Duration> parseSigned(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Matcher form = FORM.matcher(plain);
        try {
            return Optional.of(
                    form.matches()
                            ? unit(form.group(2)).multipliedBy(Long.parseLong(form.group(1)))
                            : Duration.parse(plain));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether it is neither negative nor longer than {@link #LONGEST}. */
    public static boolean isInRange(Duration duration) {
        return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    }

    /** In the greatest unit that divides it, in whole milliseconds: {@code 90s}, {@code 2h}, {@code 0s}. {@link #parse} reads it. */
    public static String exact(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (String unit : List.of("d", "h", "m", "s")) {
            long length = unit(unit).toMillis();
            if (millis % length == 0) {
                return millis / length + unit;
            }
        }
        return millis + "ms";
    }

    /** The two greatest of days, hours, minutes and seconds, such as {@code 2h 15m}; for people, {@link #parse} does not read it. */
    public static String rough(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        List<String> parts = new ArrayList<>();
        add(parts, seconds / 86_400, "d");
        add(parts, seconds / 3_600 % 24, "h");
        add(parts, seconds / 60 % 60, "m");
        add(parts, seconds % 60, "s");
        return parts.isEmpty() ? "0s" : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
    }

    private static void add(List<String> parts, long amount, String unit) {
        if (amount > 0 || (!parts.isEmpty() && parts.size() < 2)) {
            parts.add(amount + unit);
        }
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> throw new IllegalArgumentException("\"" + name + "\" is no unit of time.");
        };
    }
}

package dev.pawl.http.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations on the wire: {@code 500ms}, {@code 30s}, {@code 30m}, {@code 2h}, {@code 7d}, or a number of seconds. */
public final class DurationText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000L);

    private DurationText() {}

    /** Reads a text; empty when it is none. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(1));
        return Optional.of(
                switch (form.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    /** Reads a number of seconds; empty when it is negative or beyond all sense. */
    public static Optional<Duration> ofSeconds(Number seconds) {
        BigDecimal exact = new BigDecimal(seconds.toString());
        return exact.signum() < 0 || exact.compareTo(MOST_SECONDS) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(exact.movePointRight(3).longValue()));
    }

    /** The shortest text that means the same, such as {@code 2h}. */
    public static String of(Duration duration) {
        long ms = duration.toMillis();
        if (ms % 1_000 != 0) {
            return ms + "ms";
        }
        long seconds = ms / 1_000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3_600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3_600 + "h";
    }
}

package dev.pawl.scheduler.schema;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 30m}, {@code 2h}, {@code 7d}. */
public final class DurationText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

    private DurationText() {}

    /**
     * The duration that the text spells.
     *
     * @throws IllegalArgumentException when it spells none
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            try {
                return Duration.parse(text.trim());
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no duration; it takes one such as 250ms, 30s, 30m, 2h or 7d.", e);
            }
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** In the greatest unit that divides it: 30 s is {@code 30s}, 90 s is {@code 90s}, 2 h is {@code 2h}. */
    public static String exact(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** The two greatest of days, hours, minutes and seconds, such as {@code 2h 15m}. */
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
}

package dev.pawl.http.route;

import dev.pawl.base.duration.DurationText;
import dev.pawl.http.json.Times;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter in the query of a route's address.
 *
 * @param name its name on the wire
 * @param type the type of its value
 * @param min the least number
 * @param max the greatest number, or the longest text
 * @param otherwise the default value as text; null when there is none
 * @param choices the words that it accepts; empty for any
 * @param description a sentence for people
 * @param required whether it must be given
 */
public record Query(
        String name,
        Type type,
        long min,
        long max,
        @Nullable String otherwise,
        List<String> choices,
        String description,
        boolean required) {

    private static final int LONGEST_TEXT = 1_000;

    private static final Pattern DIGITS = Pattern.compile("\\+?0{0,20}[1-9][0-9]{0,40}");

    /** The types of parameters. */
    public enum Type {
        INTEGER,
        /** A whole number; one above the maximum is reduced to it. */
        LIMIT,
        BOOLEAN,
        TEXT,
        /** Several of the words that it accepts, separated by commas. */
        WORDS,
        DURATION,
        TIME
    }

    public static Query integer(String name, long min, long max, long otherwise, String description) {
        return new Query(name, Type.INTEGER, min, max, Long.toString(otherwise), List.of(), description, false);
    }

    /** A parameter for the greatest number of entries; a greater value than the maximum is reduced to it. */
    public static Query limit(long most, long otherwise, String description) {
        return new Query("limit", Type.LIMIT, 1, most, Long.toString(otherwise), List.of(), description, false);
    }

    public static Query flag(String name, String description) {
        return new Query(name, Type.BOOLEAN, 0, 0, "false", List.of(), description, false);
    }

    public static Query text(String name, String description) {
        return new Query(name, Type.TEXT, 1, LONGEST_TEXT, null, List.of(), description, false);
    }

    /** A text with a longer limit than usual. */
    public static Query text(String name, int longest, String description) {
        return new Query(name, Type.TEXT, 1, longest, null, List.of(), description, false);
    }

    public static Query duration(String name, @Nullable String otherwise, String description) {
        return new Query(name, Type.DURATION, 0, LONGEST_TEXT, otherwise, List.of(), description, false);
    }

    /** A parameter that accepts one of a few words. */
    public static Query word(String name, List<String> words, String otherwise, String description) {
        return new Query(name, Type.TEXT, 1, LONGEST_TEXT, otherwise, words, description, false);
    }

    /** A time with its offset. */
    public static Query time(String name, String description) {
        return new Query(name, Type.TIME, 1, LONGEST_TEXT, null, List.of(), description, false);
    }

    /** A parameter that accepts the names of an enum's constants in lower case. */
    public static Query choice(
            String name, Class<? extends Enum<?>> words, @Nullable String otherwise, String description) {
        return new Query(name, Type.TEXT, 1, LONGEST_TEXT, otherwise, words(words), description, false);
    }

    /** A parameter that accepts several names of an enum's constants in lower case, separated by commas. */
    public static Query choices(String name, Class<? extends Enum<?>> words, String description) {
        return new Query(name, Type.WORDS, 1, LONGEST_TEXT, null, words(words), description, false);
    }

    private static List<String> words(Class<? extends Enum<?>> words) {
        return Arrays.stream(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The same, but it must be given. */
    public Query mandatory() {
        return new Query(name, type, min, max, null, choices, description, true);
    }

    /** The value, checked; empty when it was not given and has no default. */
    Optional<String> read(@Nullable String given) {
        if (given == null) {
            if (required) {
                throw new ProblemException(ProblemCode.MALFORMED, name + " is missing; it takes " + accepts() + ".");
            }
            return Optional.ofNullable(otherwise);
        }
        if (type == Type.LIMIT && DIGITS.matcher(given).matches()) {
            return limited(given);
        }
        boolean fits =
                switch (type) {
                    case INTEGER -> isInteger(given);
                    case LIMIT -> false;
                    case BOOLEAN -> "true".equals(given) || "false".equals(given);
                    case DURATION -> DurationText.parse(given).isPresent();
                    case TIME -> time(given).isPresent();
                    case WORDS -> choices.containsAll(List.of(given.split(",", -1)));
                    case TEXT ->
                        given.length() >= min
                                && given.length() <= max
                                && (choices.isEmpty() || choices.contains(given));
                };
        if (!fits) {
            String shown = given.length() > 40 ? given.length() + " characters" : "\"" + given + "\"";
            throw new ProblemException(ProblemCode.MALFORMED, name + " is " + shown + "; it takes " + accepts() + ".");
        }
        return Optional.of(given);
    }

    /** The time that a text stands for. A plus that was not escaped, as before an offset, has come as a space. */
    static Optional<Instant> time(String given) {
        return Times.parse(given.replace(' ', '+'));
    }

    /** The accepted values in words, to follow "it takes". */
    public String accepts() {
        return switch (type) {
            case INTEGER -> "a whole number, " + min + (max == Long.MAX_VALUE ? " or more" : " to " + max);
            case LIMIT -> "a whole number, 1 or more, of which at most " + max + " count";
            case BOOLEAN -> "true or false";
            case DURATION -> "a duration such as 30s, 30m or 2h";
            case TIME -> "a time in ISO 8601 with offset, such as 2026-01-01T10:00:00Z";
            case WORDS -> "some of " + String.join(", ", choices) + ", separated by commas";
            case TEXT ->
                choices.isEmpty()
                        ? "a text of " + min + " to " + max + " characters"
                        : "one of " + String.join(", ", choices);
        };
    }

    private Optional<String> limited(String digits) {
        BigInteger number = new BigInteger(digits);
        return Optional.of(number.min(BigInteger.valueOf(max)).toString());
    }

    private boolean isInteger(String given) {
        try {
            long number = Long.parseLong(given);
            return number >= min && number <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

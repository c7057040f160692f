package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times on the wire: ISO 8601 with milliseconds and a numeric offset, {@code 2026-01-01T10:00:00.123+00:00}. {@code Z} is not used, since
 * the standard libraries of some languages have understood it only since recent versions.
 */
public final class Times {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The latest year; clients do not understand later ones. */
    private static final int LAST_YEAR = 9_999;

    private static final String EXAMPLE = "0000-00-00T00:00:00.000+00:00";

    private static final long SECONDS_OF_DAY = 86_400;

    private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay() * SECONDS_OF_DAY;

    private static final long END = LocalDate.of(LAST_YEAR + 1, 1, 1).toEpochDay() * SECONDS_OF_DAY;

    private Times() {}

    /** A time as text. Years of four digits, which is all but errors, are written digit by digit: a log line has two times. */
    public static String of(Instant time) {
        long second = time.getEpochSecond();
        if (second < FIRST || second >= END) {
            return FORM.format(time);
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
        int ofDay = (int) Math.floorMod(second, SECONDS_OF_DAY);
        char[] text = EXAMPLE.toCharArray();
        digits(text, 4, date.getYear());
        digits(text, 7, date.getMonthValue());
        digits(text, 10, date.getDayOfMonth());
        digits(text, 13, ofDay / 3_600);
        digits(text, 16, ofDay / 60 % 60);
        digits(text, 19, ofDay % 60);
        digits(text, 23, time.getNano() / 1_000_000);
        return new String(text);
    }

    /** Writes a number over the digits that end before a place. */
    private static void digits(char[] text, int end, int number) {
        int rest = number;
        for (int at = end - 1; rest > 0; at--) {
            text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Parses ISO 8601 with an offset or {@code Z}; empty when the text is not such a time, or its year does not have four digits. */
    public static Optional<Instant> parse(String text) {
        try {
            Instant time = OffsetDateTime.parse(text.strip()).toInstant();
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            return year >= 0 && year <= LAST_YEAR ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Writes a field; null when there is no time. */
    public static void field(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        if (time == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, of(time));
        }
    }
}

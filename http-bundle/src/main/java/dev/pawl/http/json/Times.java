package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
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

    private Times() {}

    public static String of(Instant time) {
        return FORM.format(time);
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

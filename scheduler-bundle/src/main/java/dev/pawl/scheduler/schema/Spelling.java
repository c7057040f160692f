package dev.pawl.scheduler.schema;

import dev.pawl.base.duration.DurationText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Spellings of values that JSON has no type for as texts: one place for checking, reading and describing them. */
enum Spelling {
    DURATION(Duration.class, "a duration such as 250ms, 30s, 30m, 2h or 7d", ""),
    INSTANT(Instant.class, "a time such as 2026-01-01T00:00:00Z", "date-time"),
    OFFSET_TIME(OffsetDateTime.class, "a time such as 2026-01-01T00:00:00+01:00", "date-time"),
    DATE(LocalDate.class, "a date such as 2026-01-31", "date"),
    DATE_AND_TIME(LocalDateTime.class, "a date and time such as 2026-01-31T10:00", ""),
    TIME_OF_DAY(LocalTime.class, "a time of day such as 10:30", ""),
    UUID_TEXT(UUID.class, "a UUID", "uuid"),
    ADDRESS(URI.class, "a URI", "uri"),
    PATH(Path.class, "a path", "");

    private final Class<?> type;
    private final String accepted;
    private final String format;

    Spelling(Class<?> type, String accepted, String format) {
        this.type = type;
        this.accepted = accepted;
        this.format = format;
    }

    /** The spelling of a type; empty when it has none. */
    static Optional<Spelling> of(Class<?> type) {
        return Arrays.stream(values())
                .filter(spelling -> spelling.type.equals(type))
                .findFirst();
    }

    Class<?> type() {
        return type;
    }

    /** Words that complete "it takes …". */
    String accepted() {
        return accepted;
    }

    /** The format of JSON Schema; empty when it has none for the type. */
    String format() {
        return format;
    }

    /** Whether the text spells a value. */
    boolean spells(String text) {
        try {
            read(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException when the text spells none
     */
    Object read(String text) {
        try {
            return parsed(text.strip());
        } catch (RuntimeException e) { // each parser throws its own type
            throw new IllegalArgumentException("\"" + text + "\" is not " + accepted + ".", e);
        }
    }

    private Object parsed(String text) {
        return switch (this) {
            case DURATION -> DurationText.parseSigned(text).orElseThrow();
            case INSTANT -> Instant.parse(text);
            case OFFSET_TIME -> OffsetDateTime.parse(text);
            case DATE -> LocalDate.parse(text);
            case DATE_AND_TIME -> LocalDateTime.parse(text);
            case TIME_OF_DAY -> LocalTime.parse(text);
            case UUID_TEXT -> UUID.fromString(text);
            case ADDRESS -> URI.create(text);
            case PATH -> Path.of(text);
        };
    }
}

package dev.pawl.http.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request against the version of a file (RFC 9110, section 13).
 *
 * @param tag the file's entity tag, in quotation marks
 * @param changedAt the time of its last change
 */
public record Preconditions(String tag, Instant changedAt) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public Preconditions {
        changedAt = changedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The time as HTTP writes it. */
    public String lastModified() {
        return DATE.format(changedAt);
    }

    /** Whether the client has this version already. */
    public boolean isKnown(HttpFields headers) {
        String tags = headers.get("If-None-Match");
        if (tags != null) {
            return tags.strip().equals("*")
                    || Arrays.stream(tags.split(",", -1))
                            .map(each -> each.strip().replaceFirst("^W/", ""))
                            .anyMatch(tag::equals);
        }
        return time(headers.get("If-Modified-Since"))
                .filter(since -> !changedAt.isAfter(since))
                .isPresent();
    }

    /** Whether a range may be answered; otherwise the client has the beginning of another version and needs the whole file. */
    public boolean allowRange(HttpFields headers) {
        String condition = headers.get("If-Range");
        return condition == null
                || condition.strip().equals(tag)
                || time(condition).filter(changedAt::equals).isPresent();
    }

    private static Optional<Instant> time(@Nullable String header) {
        try {
            return header == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException broken) {
            return Optional.empty();
        }
    }
}

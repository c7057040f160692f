package dev.pawl.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimesTest {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Test
    void timesAreWrittenAsTheFormatterWritesThem() {
        Random random = new Random(59);
        long first = Instant.parse("-0001-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond();
        Stream<Instant> any = random.longs(20_000, first, last)
                .mapToObj(second -> Instant.ofEpochSecond(second, random.nextInt(1_000_000_000)));
        Stream<Instant> edges = Stream.of(
                        "2026-01-01T10:00:00.123456789Z",
                        "2024-02-29T23:59:59.999999999Z",
                        "1970-01-01T00:00:00Z",
                        "1969-12-31T23:59:59.999Z",
                        "0000-01-01T00:00:00Z",
                        "-0001-12-31T23:59:59.999Z",
                        "9999-12-31T23:59:59.999999999Z",
                        "+10000-01-01T00:00:00Z",
                        "+1000000-01-01T00:00:00Z")
                .map(Instant::parse);
        Stream.concat(any, edges).forEach(time -> assertEquals(FORM.format(time), Times.of(time)));
    }

    @Test
    void whatIsWrittenIsRead() {
        Instant time = Instant.parse("2026-03-04T05:06:07.089Z");
        assertEquals("2026-03-04T05:06:07.089+00:00", Times.of(time));
        assertEquals(Optional.of(time), Times.parse(Times.of(time)));
    }
}

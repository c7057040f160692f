package dev.pawl.scheduler.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Required;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.FieldType;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    record Spelt(
            Duration pause,
            Instant at,
            OffsetDateTime there,
            LocalDate day,
            LocalDateTime local,
            LocalTime time,
            UUID id,
            URI uri,
            Path path) {}

    record Part(@Required int x) {}

    record Perhaps(
            Optional<String> text,
            @Bounds(min = 1, max = 3) Optional<Integer> number,
            Optional<Part> part,
            List<Optional<String>> many,
            @Required Optional<String> must) {}

    record Large(BigInteger number) {}

    private final ModuleMapper mapper = new ModuleMapper();

    private <T> T read(Class<T> type, Map<String, ?> given) {
        return mapper.record(RecordSchema.of(type).convert(given, "an input"), type);
    }

    private static String refusal(Class<?> type, Map<String, ?> given) {
        ValueSchema schema = RecordSchema.of(type);
        return String.valueOf(assertThrows(InvalidValueException.class, () -> schema.convert(given, "an input"))
                .getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pause | soon      | pause is "soon"; it takes a duration such as 250ms, 30s, 30m, 2h or 7d.
                    at    | now       | at is "now"; it takes a time such as 2026-01-01T00:00:00Z.
                    there | now       | there is "now"; it takes a time such as 2026-01-01T00:00:00+01:00.
                    day   | 2026-2-30 | day is "2026-2-30"; it takes a date such as 2026-01-31.
                    local | now       | local is "now"; it takes a date and time such as 2026-01-31T10:00.
                    time  | noon      | time is "noon"; it takes a time of day such as 10:30.
                    id    | 1         | id is "1"; it takes a UUID.
                    uri   | :::       | uri is ":::"; it takes a URI.
                    """)
    void aTextThatSpellsNoValueIsRefusedWithTheNameOfItsField(String field, String text, String detail) {
        assertEquals(detail, refusal(Spelt.class, Map.of(field, text)));
    }

    @Test
    void whatIsSpelledIsReadAndWrittenTheSame() {
        Map<String, Object> given = Map.of(
                "pause", "PT30S",
                "at", "2026-01-01T00:00:00Z",
                "there", "2026-01-01T00:00+01:00",
                "day", "2026-01-31",
                "local", "2026-01-31T10:00",
                "time", "10:30",
                "id", "00000000-0000-0001-0000-000000000002",
                "uri", "https://example.org/x",
                "path", "/tmp/x");
        Spelt spelt = read(Spelt.class, given);
        assertEquals(LocalDate.of(2026, 1, 31), spelt.day());
        assertEquals(
                given, mapper.copy("The record", Map.of("all", spelt), 10_000).get("all"));
        assertEquals(
                Duration.ofSeconds(90),
                read(Spelt.class, Map.of("pause", "90s")).pause());
    }

    @Test
    void aSpelledFieldIsATextWithItsFormat() {
        ValueSchema schema = RecordSchema.of(Spelt.class);
        assertTrue(schema.schema().fields().stream().allMatch(field -> field.type() == FieldType.TEXT));
        String json = schema.schema().json();
        assertTrue(json.contains("\"day\":{\"type\":\"string\",\"format\":\"date\"}"), json);
        assertTrue(json.contains("\"pause\":{\"type\":\"string\"}"), json);
    }

    @Test
    void anOptionalHasTheTypeOfWhatItHoldsAndIsEmptyWhenAbsent() {
        List<FieldType> types = RecordSchema.of(Perhaps.class).schema().fields().stream()
                .map(Field::type)
                .toList();
        assertEquals(List.of(FieldType.TEXT, FieldType.INTEGER, FieldType.JSON, FieldType.JSON, FieldType.TEXT), types);
        Perhaps none = read(Perhaps.class, Map.of("must", "m"));
        assertEquals(Optional.empty(), none.text());
        assertEquals(Optional.empty(), none.number());
        assertEquals(Optional.of("m"), none.must());
        Perhaps all = read(
                Perhaps.class,
                Map.of("text", "t", "number", "2", "part", Map.of("x", 1), "many", List.of("a"), "must", "m"));
        assertEquals(
                new Perhaps(
                        Optional.of("t"),
                        Optional.of(2),
                        Optional.of(new Part(1)),
                        List.of(Optional.of("a")),
                        Optional.of("m")),
                all);
        assertEquals("must is missing; it takes a text.", refusal(Perhaps.class, Map.of()));
        assertTrue(refusal(Perhaps.class, Map.of("must", "m", "number", 4)).startsWith("number is 4; it takes an"));
    }

    @Test
    void anOptionalIsWrittenAsWhatItHolds() {
        assertEquals(
                "{\"a\":{\"x\":1},\"b\":null}",
                mapper.object(
                        "The result",
                        new TreeMap<>(Map.of("a", Optional.of(new Part(1)), "b", Optional.empty())),
                        1_000));
    }

    @Test
    void aNumberOfAnyLengthIsKeptWhereTheModuleTakesOne() {
        BigInteger large = BigInteger.TEN.pow(30);
        assertEquals(large, read(Large.class, Map.of("number", large)).number());
        assertEquals(
                large, read(Large.class, Map.of("number", large.toString())).number());
    }

    /** A text with embedded values, like Groovy's; it is also an object with getters. */
    private record Template(List<String> strings, List<Object> values) implements CharSequence {

        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().subSequence(start, end);
        }

        @Override
        public String toString() {
            return strings.get(0) + values.get(0) + strings.get(1);
        }
    }

    @Test
    void anySequenceOfCharactersIsText() {
        Template template = new Template(List.of("Hello, ", "!"), List.of("Žofie"));
        assertEquals(
                "{\"greeting\":\"Hello, Žofie!\",\"parts\":[\"Hello, Žofie!\"]}",
                mapper.object(
                        "A result",
                        new java.util.TreeMap<>(Map.of("greeting", template, "parts", List.of(template))),
                        1_000));
        CharSequence saved = mapper.likeOther("saved", (CharSequence) template);
        assertEquals("saved", saved);
    }
}

package dev.pawl.cli.project;

import dev.pawl.base.duration.DurationText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types that an input of a new module may have, with the Java type of each and a value for its test. */
enum InputKind {
    TEXT("String", "String", "", "\"Ada\""),
    INTEGER("int", "Integer", "", "3"),
    NUMBER("double", "Double", "", "1.5"),
    BOOLEAN("boolean", "boolean", "", "true"),
    SECRET("String", "String", "", "\"open-sesame\""),
    LIST("List<String>", "List<String>", "java.util.List", "List.of(\"one\", \"two\")"),
    JSON("Map<String, Object>", "Map<String, Object>", "java.util.Map", "Map.of(\"key\", 1)"),
    DURATION("Duration", "Duration", "java.time.Duration", "\"30s\""),
    DATE("LocalDate", "LocalDate", "java.time.LocalDate", "\"2026-01-31\""),
    PATH("Path", "Path", "java.nio.file.Path", "\"/tmp/file\""),
    URI("URI", "URI", "java.net.URI", "\"https://example.com/\"");

    private final String present;
    private final String absent;
    private final String imported;
    private final String sample;

    InputKind(String present, String absent, String imported, String sample) {
        this.present = present;
        this.absent = absent;
        this.imported = imported;
        this.sample = sample;
    }

    /** The kind with this name. */
    static Optional<InputKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** All names, for a sentence. */
    static String words() {
        return Arrays.stream(values()).map(InputKind::word).collect(Collectors.joining(", "));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Java type; one that can be null when there may be no value. */
    String type(boolean always) {
        return always ? present : absent;
    }

    /** The class that a source file has to import for the type; empty when there is none. */
    String imported() {
        return imported;
    }

    /** A value for a test, as a Java expression. */
    String sample() {
        return sample;
    }

    /** A value for a job, as it is typed in a shell. */
    String typed() {
        return switch (this) {
            case LIST -> "'[\"one\", \"two\"]'";
            case JSON -> "'{\"key\": 1}'";
            case TEXT, INTEGER, NUMBER, BOOLEAN, SECRET, DURATION, DATE, PATH, URI -> sample.replace("\"", "");
        };
    }

    /** Whether a default of this kind may be written like this. */
    boolean accepts(String value) {
        return switch (this) {
            case TEXT -> true;
            case INTEGER -> parses(value, Integer::valueOf);
            case NUMBER -> parses(value, BigDecimal::new);
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case SECRET, LIST, JSON -> false;
            case DURATION -> DurationText.parseSigned(value).isPresent();
            case DATE -> parses(value, LocalDate::parse);
            case PATH -> parses(value, Path::of);
            case URI -> parses(value, java.net.URI::create);
        };
    }

    private static boolean parses(String value, Function<String, ?> parser) {
        try {
            return parser.apply(value) != null;
        } catch (RuntimeException e) { // each parser throws its own type
            return false;
        }
    }
}

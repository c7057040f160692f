package dev.pawl.cli.project;

import dev.pawl.base.duration.DurationText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The types that an input of a new module may have, with the Java type of each and a value for its test. */
enum InputKind {
    TEXT("String", "String", "", "\"Ada\"", text -> {}),
    INTEGER("int", "Integer", "", "3", Integer::parseInt),
    NUMBER("double", "Double", "", "1.5", BigDecimal::new),
    BOOLEAN("boolean", "boolean", "", "true", InputKind::flag),
    SECRET("String", "String", "", "\"open-sesame\"", InputKind::none),
    LIST("List<String>", "List<String>", "java.util.List", "List.of(\"one\", \"two\")", InputKind::none),
    JSON("Map<String, Object>", "Map<String, Object>", "java.util.Map", "Map.of(\"key\", 1)", InputKind::none),
    DURATION("Duration", "Duration", "java.time.Duration", "\"30s\"", InputKind::duration),
    DATE("LocalDate", "LocalDate", "java.time.LocalDate", "\"2026-01-31\"", LocalDate::parse),
    PATH("Path", "Path", "java.nio.file.Path", "\"/tmp/file\"", Path::of),
    URI("URI", "URI", "java.net.URI", "\"https://example.com/\"", java.net.URI::create);

    private final String present;
    private final String absent;
    private final String imported;
    private final String sample;
    private final Consumer<String> check;

    InputKind(String present, String absent, String imported, String sample, Consumer<String> check) {
        this.present = present;
        this.absent = absent;
        this.imported = imported;
        this.sample = sample;
        this.check = check;
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

    /** Whether a default of this kind may be written like this. */
    boolean accepts(String value) {
        try {
            check.accept(value);
            return true;
        } catch (RuntimeException e) { // each parser throws its own type
            return false;
        }
    }

    private static void flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
    }

    private static void duration(String text) {
        DurationText.parseSigned(text).orElseThrow();
    }

    private static void none(String text) {
        throw new IllegalArgumentException(text);
    }
}

package dev.pawl.testkit;

import dev.pawl.base.json.value.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opentest4j.AssertionFailedError;

/**
 * The inputs and settings of a module as text, to be kept with its sources.
 *
 * @param text one input or setting in each line
 */
record SchemaSnapshot(String text) {

    static SchemaSnapshot of(HarnessSubject subject) {
        StringBuilder text = new StringBuilder();
        add("input", subject.inputs().schema().json(), text);
        add("setting", subject.settings().schema().json(), text);
        return new SchemaSnapshot(text.toString());
    }

    private static void add(String kind, String schema, StringBuilder text) {
        Map<String, Object> all = Json.object(schema);
        Object required = all.get("required");
        properties(all).forEach((name, property) -> {
            Map<String, Object> shown = new LinkedHashMap<>(properties(Map.of("properties", property)));
            shown.remove("description"); // words may change
            boolean must = required instanceof Iterable<?> names && contains(names, name);
            text.append(kind)
                    .append(' ')
                    .append(name)
                    .append(must ? " (required) " : " ")
                    .append(Json.text(shown))
                    .append('\n');
        });
    }

    private static boolean contains(Iterable<?> names, String name) {
        for (Object one : names) {
            if (name.equals(one)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Object> properties(Map<String, Object> schema) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> named) {
            named.forEach((name, property) -> properties.put(String.valueOf(name), property));
        }
        return properties;
    }

    void compare(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, text);
                throw new AssertionFailedError(
                        "The file " + file + " was missing and is written now. Look at it, and keep it"
                                + " with the sources; the next run compares.");
            }
            String kept = Files.readString(file);
            if (!kept.equals(text)) {
                throw new AssertionFailedError(
                        "Inputs or settings are not those of " + file
                                + ", and jobs and schedules of users depend on them."
                                + " Kept:\n" + kept + "Now:\n" + text
                                + "Delete the file and run the test twice to accept the change.",
                        kept,
                        text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read or written.", e);
        }
    }
}

package dev.pawl.runtime.framework;

import dev.pawl.launch.StartLevel;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The start levels of bundles from {@code etc/start-levels.properties}: symbolic name = level. Bundles start in this order and stop in the
 * reverse; a bundle that is not listed starts first.
 *
 * @param levels the levels by symbolic name
 */
public record StartLevels(Map<String, Integer> levels) {

    public StartLevels {
        levels = Map.copyOf(levels);
    }

    public static StartLevels read(Path file) throws StartException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new StartException("The start levels in " + file + " cannot be read: " + unreadable + ".");
        }
        Map<String, Integer> levels = new HashMap<>();
        for (String name : lines.stringPropertyNames()) {
            String level = lines.getProperty(name).strip();
            if (!level.matches("[1-" + StartLevel.SERVER + "]")) {
                throw new StartException("The start level of " + name + " in " + file + " is \"" + level
                        + "\", but it takes a whole number from 1 to " + StartLevel.SERVER + ".");
            }
            levels.put(name, Integer.parseInt(level));
        }
        return new StartLevels(levels);
    }

    int of(String symbolicName) {
        return levels.getOrDefault(symbolicName, StartLevel.FIRST);
    }

    /** A text that changes with any level. */
    public String fingerprint() {
        return new TreeMap<>(levels).toString();
    }
}

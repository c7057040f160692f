package dev.pawl.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order in which bundles start, and the reverse of the order in which they stop: {@code etc/start-levels.properties}, symbolic name
 * = level. A bundle that is not listed starts first.
 *
 * @param levels by symbolic name
 * @param beside the symbolic names of those that begin to start first and are waited for last
 */
record StartLevels(Map<String, Integer> levels, Set<String> beside) {

    /** Of what is not listed, and of what starts beside the others. */
    static final int FIRST = 1;

    /** Where the scheduler and the shell commands are up. */
    static final int SERVER = 6;

    /** Of a bundle that starts when the console opens, and not otherwise. */
    static final int CONSOLE = 7;

    private static final String BESIDE = "beside";

    StartLevels {
        levels = Map.copyOf(levels);
        beside = Set.copyOf(beside);
    }

    static StartLevels read(Path file) throws StartException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new StartException("The start levels in " + file + " cannot be read: " + unreadable + ".");
        }
        Map<String, Integer> levels = new HashMap<>();
        Set<String> beside = new HashSet<>();
        for (String name : lines.stringPropertyNames()) {
            String level = lines.getProperty(name).strip();
            if (level.equals(BESIDE)) {
                beside.add(name);
                continue;
            }
            if (!level.matches("[1-" + CONSOLE + "]")) {
                throw new StartException("The start level of " + name + " in " + file + " is \"" + level
                        + "\", but it takes a whole number from 1 to " + CONSOLE + ", or " + BESIDE + ".");
            }
            levels.put(name, Integer.parseInt(level));
        }
        return new StartLevels(levels, beside);
    }

    int of(String symbolicName) {
        return levels.getOrDefault(symbolicName, FIRST);
    }

    /** Whether the bundle starts on a thread of its own, while the level rises for the others. */
    boolean besideOthers(String symbolicName) {
        return beside.contains(symbolicName);
    }

    /** Changes with any of them. */
    String fingerprint() {
        return new TreeMap<>(levels) + " " + new TreeSet<>(beside);
    }
}

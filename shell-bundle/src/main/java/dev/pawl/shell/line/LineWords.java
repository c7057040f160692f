package dev.pawl.shell.line;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first words of command lines: short forms of our commands, and words of the framework that would go past Pawl's records. */
final class LineWords {
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("jobs", "job:list"),
            Map.entry("run", "job:run"),
            Map.entry("why", "job:why"),
            Map.entry("logs", "job:logs"),
            Map.entry("results", "job:results"),
            Map.entry("stop", "job:stop"),
            Map.entry("modules", "module:list"),
            Map.entry("schedules", "schedule:list"),
            Map.entry("schedule", "schedule:show"),
            Map.entry("workers", "worker:list"),
            Map.entry("queue", "queue:show"));

    /** A bundle that the framework installs or changes by itself is in no record: its modules can be neither updated nor removed. */
    private static final Set<String> PAST_RECORDS = Set.of("install", "update", "uninstall");

    private LineWords() {}

    /** The words of a line. */
    static List<String> of(String line) {
        return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
    }

    /** A first word with its short form resolved. */
    static String resolved(String word) {
        return SHORT.getOrDefault(word, word);
    }

    /** The short forms. */
    static Set<String> shortForms() {
        return SHORT.keySet();
    }

    /** Whether the framework's command of that name would change bundles without a record. */
    static boolean isPastRecords(String word) {
        return PAST_RECORDS.contains(word) || word.equals("felix:install") || word.equals("felix:update");
    }
}

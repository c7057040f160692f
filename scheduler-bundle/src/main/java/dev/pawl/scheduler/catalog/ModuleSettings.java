package dev.pawl.scheduler.catalog;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings that an operator has configured for the modules. Safe for many threads, and quick: it is asked at the start of each task.
 */
public interface ModuleSettings {

    /** Name of the setting that overrides the number of jobs of a module that may run at once. */
    String CONCURRENCY = "pawl.concurrency";

    /** A module's settings by name, as they were given; empty when nothing is configured. */
    Map<String, Object> configured(String module);

    /**
     * Replaces a module's settings.
     *
     * @param secretNames names of the settings that are kept sealed
     */
    void replace(String module, Map<String, Object> settings, List<String> secretNames);

    /**
     * Changes a module's settings by what they are at that moment, on all servers that share the store.
     *
     * @param change gives the settings as they are to be, or refuses by an exception; called again when another server was faster
     */
    default void change(String module, Supplier<Map<String, Object>> change, List<String> secretNames) {
        replace(module, change.get(), secretNames);
    }

    /**
     * The text in the store that holds a module's settings for all servers that share it, with its secrets sealed; empty when there is none, null when
     * the settings are this server's own.
     */
    default @Nullable String record(String module) {
        return null;
    }

    /** Number of jobs of the module that may run at once: the configured one, or else the declared one; 0 for no limit. */
    default int concurrency(String module, int declared) {
        Object configured = configured(module).get(CONCURRENCY);
        return configured instanceof Number number ? Math.max(0, number.intValue()) : declared;
    }
}

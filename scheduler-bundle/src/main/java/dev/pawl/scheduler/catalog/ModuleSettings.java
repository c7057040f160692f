package dev.pawl.scheduler.catalog;

import java.util.List;
import java.util.Map;

/** What an operator has configured for the modules. Safe for many threads, and quick: it is asked at the start of each task. */
public interface ModuleSettings {

    /** The setting that overrides how many jobs of a module may run at once. */
    String CONCURRENCY = "pawl.concurrency";

    /** A module's settings by name, as they were given; empty when nothing is configured. */
    Map<String, Object> configured(String module);

    /**
     * Replaces a module's settings.
     *
     * @param secretNames those of them that are kept sealed
     */
    void replace(String module, Map<String, Object> settings, List<String> secretNames);

    /** How many jobs of the module may run at once: what is configured, or else what its author says; 0 for no limit. */
    default int concurrency(String module, int declared) {
        Object configured = configured(module).get(CONCURRENCY);
        return configured instanceof Number number ? Math.max(0, number.intValue()) : declared;
    }
}

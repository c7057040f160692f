package dev.pawl.service.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a job.
 *
 * @param module the id of the module that executes it
 * @param inputs the JSON values by name, as they were given
 */
public record Task(String module, Map<String, Object> inputs) {

    public Task {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }
}

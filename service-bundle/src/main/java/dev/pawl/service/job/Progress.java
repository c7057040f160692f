package dev.pawl.service.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The progress of a job, as last reported by its running task.
 *
 * @param percent the progress of the running task, 0 to 100
 * @param info a JSON object from a module, or any JSON value from an external worker
 */
public record Progress(double percent, Object info) {

    /** The progress before any report. */
    public static final Progress NONE = new Progress(0, Map.of());

    public Progress {
        info = info instanceof Map<?, ?> values ? Collections.unmodifiableMap(new LinkedHashMap<>(values)) : info;
    }
}

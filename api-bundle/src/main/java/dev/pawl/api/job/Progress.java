package dev.pawl.api.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a job is, as its running task said last.
 *
 * @param percent 0 to 100, of the running task
 * @param info JSON values by name
 */
public record Progress(double percent, Map<String, Object> info) {

    /** Nothing said yet. */
    public static final Progress NONE = new Progress(0, Map.of());

    public Progress {
        info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
    }
}

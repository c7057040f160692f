package dev.pawl.service.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a job is, as its running task said last.
 *
 * @param percent 0 to 100, of the running task
 * @param info a JSON value: of a module an object, of an external worker any
 */
public record Progress(double percent, Object info) {

    /** Nothing said yet. */
    public static final Progress NONE = new Progress(0, Map.of());

    public Progress {
        info = info instanceof Map<?, ?> values ? Collections.unmodifiableMap(new LinkedHashMap<>(values)) : info;
    }
}

package dev.pawl.service.job;

import dev.pawl.api.module.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to do the work of a failed or stopped job again, in a new job. Immutable.
 *
 * @param job the id of that job, or a unique prefix
 * @param fromTask the first task of it that the new job has, from 0; the tasks before it are left out
 * @param inputs the inputs of that task that get other values, taken as they are; the others stay
 * @param role the role of the caller
 * @param traceParent the caller's place in a trace; null when the caller named none
 * @param key the key under which the answer is kept, in the transaction that adds the job; null to keep none
 */
public record JobRetry(
        String job,
        int fromTask,
        Map<String, Object> inputs,
        Role role,
        @Nullable TraceParent traceParent,
        @Nullable RequestKey key) {

    public JobRetry {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs)); // a value may be null
    }

    /** A retry of all tasks as they were. */
    public static JobRetry of(String job, Role role) {
        return new JobRetry(job, 0, Map.of(), role, null, null);
    }
}

package dev.pawl.api.worker;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself every few seconds.
 *
 * @param status what it is at
 * @param onlineAt since when it runs
 * @param hostname where
 * @param version of its software
 * @param task the module it runs; null when idle
 * @param jobId the job it runs; null when idle
 * @param jobTitle that job's title; null when idle
 * @param progress 0 to 100; null when idle
 * @param info JSON values of the running task; empty when idle
 */
public record Heartbeat(
        WorkerStatus status,
        @Nullable Instant onlineAt,
        String hostname,
        String version,
        @Nullable String task,
        @Nullable UUID jobId,
        @Nullable String jobTitle,
        @Nullable Double progress,
        Map<String, Object> info) {

    public Heartbeat {
        info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
    }
}

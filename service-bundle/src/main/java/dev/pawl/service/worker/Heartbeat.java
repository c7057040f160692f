package dev.pawl.service.worker;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A status message that a worker sends every few seconds. Texts are cut to {@link TextLimit#NAME}, the title to {@link TextLimit#TITLE}.
 *
 * @param status its current status
 * @param onlineAt the time of its start
 * @param hostname its host; empty when not given
 * @param version the version of its software; empty when not given
 * @param task the module it runs; null when idle
 * @param jobId the job it runs; null when idle
 * @param jobTitle that job's title; null when idle
 * @param progress 0 to 100; null when idle
 * @param info a JSON value about the running task; an empty object when there is none
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
        Object info) {

    public Heartbeat {
        hostname = TextLimit.NAME.kept(hostname);
        version = TextLimit.NAME.kept(version);
        task = TextLimit.NAME.keptOrNull(task);
        jobTitle = TextLimit.TITLE.keptOrNull(jobTitle);
        info = info instanceof Map<?, ?> values ? Collections.unmodifiableMap(new LinkedHashMap<>(values)) : info;
    }

    /** The message of a worker that runs no job, and may be disabled. */
    public static Heartbeat withoutJob(
            WorkerStatus status, @Nullable Instant onlineAt, String hostname, String version) {
        return new Heartbeat(status, onlineAt, hostname, version, null, null, null, null, Map.of());
    }

    /** The same message without the job that it names. */
    public Heartbeat withoutJob() {
        return withoutJob(status, onlineAt, hostname, version);
    }

    /** The same message with other information. */
    public Heartbeat withInfo(Object other) {
        return new Heartbeat(status, onlineAt, hostname, version, task, jobId, jobTitle, progress, other);
    }
}

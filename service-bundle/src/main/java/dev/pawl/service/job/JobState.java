package dev.pawl.service.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands, as its store keeps it.
 *
 * @param status its status
 * @param epoch the number of its latest run; 0 before the first
 * @param attempt how many runs ended in failure so far, plus one; what {@link RetryPolicy#maxAttempts()} counts
 * @param crashes how many of its runs in a row ended with the process, while it got no further: the task and the values of its
 *     checkpoint stayed the same
 * @param taskIndex the task that is running or would be next, from 0
 * @param checkpoint what that task saved last
 * @param settings the settings that task runs with, once it has begun; empty before
 * @param progress how far that task is
 * @param elapsed how long its former runs took, together with what the present one had saved
 * @param startedAt when its first run began
 * @param completedAt when it came to its final status
 * @param dueAt when a waiting job may start; at once when null
 * @param moduleVersion the version of the module that its latest run does or did the task with; null when that is not known
 * @param checkpointVersion the version of the module that saved the checkpoint; null when that is not known
 * @param parked why a waiting job was put back, where it was
 * @param worker who runs it, or ran it last
 * @param leasedUntil when an external worker loses it; null when it runs here
 * @param failure why it failed; for a job waiting for a retry, why its last attempt did
 */
public record JobState(
        JobStatus status,
        long epoch,
        int attempt,
        int crashes,
        int taskIndex,
        Map<String, Object> checkpoint,
        Map<String, Object> settings,
        Progress progress,
        Duration elapsed,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant dueAt,
        @Nullable String moduleVersion,
        @Nullable String checkpointVersion,
        @Nullable ParkReason parked,
        @Nullable String worker,
        @Nullable Instant leasedUntil,
        @Nullable Failure failure) {

    /** So many crashes make a job one that may have ended the process. */
    public static final int SUSPECTED = 2;

    public JobState {
        checkpoint = Collections.unmodifiableMap(new LinkedHashMap<>(checkpoint));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Whether it may have ended the process, so that it begins alone. */
    public boolean isSuspected() {
        return crashes >= SUSPECTED;
    }
}

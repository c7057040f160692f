package dev.pawl.service.store;

import dev.pawl.service.job.JobStatus;
import java.time.Instant;
import java.util.Map;

/**
 * Which jobs to remove.
 *
 * @param endedBefore for each final status, before when a job must have ended; a status that is missing keeps its jobs
 * @param dryRun whether they are only counted
 */
public record PurgeRequest(Map<JobStatus, Instant> endedBefore, boolean dryRun) {

    public PurgeRequest {
        endedBefore = Map.copyOf(endedBefore);
        endedBefore.keySet().forEach(status -> {
            if (!status.isFinal()) {
                throw new IllegalArgumentException(
                        "status is " + status.wireName() + "; it takes completed, failed and stopped.");
            }
        });
    }
}

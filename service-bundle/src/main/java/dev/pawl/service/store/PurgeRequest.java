package dev.pawl.service.store;

import dev.pawl.service.job.JobStatus;
import java.time.Instant;
import java.util.Map;

/**
 * The criteria for removing old jobs.
 *
 * @param endedBefore for each final status, the time before which a job must have ended; jobs with a status that is missing are kept
 * @param dryRun whether the jobs are only counted
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

package dev.pawl.service.store;

import dev.pawl.service.job.JobStatus;
import java.time.Instant;
import java.util.Map;

/**
 * The criteria for removing old jobs.
 *
 * @param endedBefore for each final status, the time before which a job must have ended; jobs with a status that is missing are kept
 * @param dryRun whether the jobs are only counted
 * @param isByStore whether the times are by the clock of the store; by that of the caller otherwise
 */
public record PurgeRequest(Map<JobStatus, Instant> endedBefore, boolean dryRun, boolean isByStore) {

    public PurgeRequest {
        endedBefore = Map.copyOf(endedBefore);
        endedBefore.keySet().forEach(status -> {
            if (!status.isFinal()) {
                throw new IllegalArgumentException(
                        "status is " + status.wireName() + "; it takes completed, failed and stopped.");
            }
        });
    }

    /** Criteria by the clock of the caller. */
    public PurgeRequest(Map<JobStatus, Instant> endedBefore, boolean dryRun) {
        this(endedBefore, dryRun, false);
    }
}

package dev.pawl.service.store;

import dev.pawl.service.job.JobStatus;
import java.util.Map;

/**
 * The result of a purge.
 *
 * @param jobs the number of jobs of each status that were removed, or would be
 */
public record PurgeReport(Map<JobStatus, Long> jobs) {

    public PurgeReport {
        jobs = Map.copyOf(jobs);
    }

    /** The number of all of them. */
    public long total() {
        return jobs.values().stream().mapToLong(Long::longValue).sum();
    }
}

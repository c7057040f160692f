package dev.pawl.service.store;

import dev.pawl.service.job.JobStatus;
import java.util.Map;

/**
 * What a purge did.
 *
 * @param jobs how many jobs of each status were removed, or would be
 */
public record PurgeReport(Map<JobStatus, Long> jobs) {

    public PurgeReport {
        jobs = Map.copyOf(jobs);
    }

    /** How many in all. */
    public long total() {
        return jobs.values().stream().mapToLong(Long::longValue).sum();
    }
}

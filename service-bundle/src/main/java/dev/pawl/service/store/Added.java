package dev.pawl.service.store;

import dev.pawl.service.job.Job;
import java.util.List;

/**
 * What came of adding jobs and claiming with one write.
 *
 * @param jobs for each that was added, in order, the job that is in the store, as it was before the claim
 * @param claimed the jobs that were claimed, whether they were just added or waited before
 */
public record Added(List<Job> jobs, List<Job> claimed) {

    public Added {
        jobs = List.copyOf(jobs);
        claimed = List.copyOf(claimed);
    }
}

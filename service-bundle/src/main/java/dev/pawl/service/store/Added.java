package dev.pawl.service.store;

import dev.pawl.service.job.Job;
import java.util.List;

/**
 * The result of adding jobs and claiming some in one transaction.
 *
 * @param jobs for each added job, in order, the one in the store, as it was before the claim
 * @param claimed the claimed jobs, whether they were just added or had waited before
 */
public record Added(List<Job> jobs, List<Job> claimed) {

    public Added {
        jobs = List.copyOf(jobs);
        claimed = List.copyOf(claimed);
    }
}

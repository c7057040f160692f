package dev.pawl.service.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs.
 *
 * @param jobs in the order of the filter
 * @param nextCursor the start of the next page; null when this is the last
 */
public record JobPage<T>(List<T> jobs, @Nullable String nextCursor) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }
}

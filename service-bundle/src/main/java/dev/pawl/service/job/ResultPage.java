package dev.pawl.service.job;

import java.util.List;

/**
 * A page of a job's results, read at one moment.
 *
 * @param results in the order in which they were emitted
 * @param total the number of all results of the job
 */
public record ResultPage(List<JobResult> results, long total) {

    public ResultPage {
        results = List.copyOf(results);
    }
}

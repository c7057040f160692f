package dev.pawl.service.job;

import java.util.List;

/**
 * The waiting jobs.
 *
 * @param jobs the first ones, in the order in which they would start
 * @param entries the number of all waiting jobs
 * @param disabled whether the queue is paused
 */
public record Queue(List<JobView> jobs, long entries, boolean disabled) {

    public Queue {
        jobs = List.copyOf(jobs);
    }
}

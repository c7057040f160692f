package dev.pawl.service.job;

import java.util.List;

/**
 * The jobs that wait.
 *
 * @param jobs the first of them, in the order in which they would start
 * @param entries how many wait in all
 * @param disabled whether the queue is paused
 */
public record Queue(List<JobView> jobs, long entries, boolean disabled) {

    public Queue {
        jobs = List.copyOf(jobs);
    }
}

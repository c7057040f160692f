package dev.pawl.service.job;

import java.time.Instant;
import java.util.List;

/**
 * How the scheduler is.
 *
 * @param workerId the id of this process among the workers
 * @param startedAt since when it runs
 * @param uptime for people, such as "2h 15m"; the two greatest of days, hours, minutes and seconds
 * @param running the jobs that run here now
 * @param pending how many wait
 * @param slots how many may run at once
 * @param abandonedThreads how many threads of modules would not end and were given up
 * @param queueDisabled whether the queue is paused
 */
public record SchedulerStatus(
        String workerId,
        Instant startedAt,
        String uptime,
        List<Job> running,
        long pending,
        int slots,
        int abandonedThreads,
        boolean queueDisabled) {

    public SchedulerStatus {
        running = List.copyOf(running);
    }
}

package dev.pawl.service.job;

import java.time.Instant;
import java.util.List;

/**
 * The status of the scheduler.
 *
 * @param workerId the id of this process among the workers
 * @param startedAt the time of its start
 * @param uptime the time since its start for people, such as "2h 15m"; the two largest of days, hours, minutes and seconds
 * @param running the jobs that run here now
 * @param pending the number of waiting jobs
 * @param slots the number of jobs that may run at once
 * @param abandonedThreads the number of abandoned threads of modules
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

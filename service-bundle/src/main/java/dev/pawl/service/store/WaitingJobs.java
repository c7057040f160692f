package dev.pawl.service.store;

import java.time.Instant;
import java.util.List;

/**
 * Waiting jobs that have the same modules and wait for the same kind of thing.
 *
 * @param kind what they wait for
 * @param modules their modules, for those that are due; empty for others
 * @param count the number of jobs, 1 or more
 * @param oldestAt the time at which the first of them was requested
 * @param nextAt the time at which the next of them is due, of those that wait for a time; otherwise that of the oldest
 */
public record WaitingJobs(Kind kind, List<String> modules, long count, Instant oldestAt, Instant nextAt) {

    /** The causes for which jobs wait, as far as the store knows. */
    public enum Kind {
        /** They are due: a slot, a module, or the queue. */
        DUE,
        /** They are due, and are suspected of having ended the process. */
        SUSPECTED,
        /** The end of other jobs. */
        OTHER_JOBS,
        /** The end of the earlier jobs of their schedules. */
        EARLIER_JOBS,
        /** The time of their next attempt. */
        RETRY,
        /** The time for which they were requested. */
        TIME
    }

    public WaitingJobs {
        modules = List.copyOf(modules);
    }
}

package dev.pawl.service.store;

import dev.pawl.service.job.DurationCounts;
import java.time.Instant;

/**
 * The changes of jobs in a minute that had some.
 *
 * @param at its beginning
 * @param added the number of jobs that were added
 * @param started the number of runs that began
 * @param completed the number of jobs that were completed
 * @param failed the number of jobs that failed
 * @param stopped the number of jobs that were stopped
 * @param waiting the number of jobs that waited after its last change
 * @param running the number of jobs that ran after its last change
 * @param waits the waits of jobs from their request, or the time for which they were requested, to their first start
 * @param runs the times of the last runs of the jobs that ended
 */
public record JobMinute(
        Instant at,
        long added,
        long started,
        long completed,
        long failed,
        long stopped,
        long waiting,
        long running,
        DurationCounts waits,
        DurationCounts runs) {}

package dev.pawl.api.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job.
 *
 * @param epoch its number, from 1
 * @param taskIndex the task it is at, or was at when it ended, from 0
 * @param moduleVersion of the module it does that task with; null when that was never said, as by external workers
 * @param worker who runs or ran it
 * @param startedAt when it was claimed
 * @param endedAt when it ended, or was found to have ended; null while it goes on
 * @param outcome how it ended
 * @param failure why, for a run that failed
 */
public record Run(
        long epoch,
        int taskIndex,
        @Nullable String moduleVersion,
        @Nullable String worker,
        Instant startedAt,
        @Nullable Instant endedAt,
        RunOutcome outcome,
        @Nullable Failure failure) {}

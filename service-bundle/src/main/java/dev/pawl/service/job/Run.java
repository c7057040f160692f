package dev.pawl.service.job;

import java.time.Instant;
import java.util.List;
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
 * @param done the tasks it finished before that one, in order
 */
public record Run(
        long epoch,
        int taskIndex,
        @Nullable String moduleVersion,
        @Nullable String worker,
        Instant startedAt,
        @Nullable Instant endedAt,
        RunOutcome outcome,
        @Nullable Failure failure,
        List<DoneTask> done) {

    public Run {
        done = List.copyOf(done);
    }

    /** A run that has finished no task. */
    public Run(
            long epoch,
            int taskIndex,
            @Nullable String moduleVersion,
            @Nullable String worker,
            Instant startedAt,
            @Nullable Instant endedAt,
            RunOutcome outcome,
            @Nullable Failure failure) {
        this(epoch, taskIndex, moduleVersion, worker, startedAt, endedAt, outcome, failure, List.of());
    }

    /**
     * A task that a run finished while its job went on.
     *
     * @param taskIndex from 0
     * @param moduleVersion of the module that did it; null when that was never said
     */
    public record DoneTask(int taskIndex, @Nullable String moduleVersion) {}

    /** The same run with finished tasks. */
    public Run having(List<DoneTask> finished) {
        return new Run(epoch, taskIndex, moduleVersion, worker, startedAt, endedAt, outcome, failure, finished);
    }
}

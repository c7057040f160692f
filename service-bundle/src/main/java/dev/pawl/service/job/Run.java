package dev.pawl.service.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job.
 *
 * @param epoch its number, from 1
 * @param taskIndex its current task, or the last one when it has ended, from 0
 * @param moduleVersion the version of the module that executes this task; null when unknown, as with external workers
 * @param worker the worker that runs or ran it
 * @param startedAt the time at which it was claimed
 * @param endedAt the time at which it ended, or was found to have ended; null while it is running
 * @param outcome the way in which it ended
 * @param failure the cause, for a run that failed
 * @param done the tasks it finished before this one, in order
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

    /** A run that has not finished a task. */
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
     * A task that a run finished before the job's last one.
     *
     * @param taskIndex the task's place in the job, from 0
     * @param moduleVersion the version of the module that executed it; null when unknown
     */
    public record DoneTask(int taskIndex, @Nullable String moduleVersion) {}

    /** A copy with finished tasks. */
    public Run having(List<DoneTask> finished) {
        return new Run(epoch, taskIndex, moduleVersion, worker, startedAt, endedAt, outcome, failure, finished);
    }
}

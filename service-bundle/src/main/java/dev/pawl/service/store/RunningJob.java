package dev.pawl.service.store;

import dev.pawl.service.job.JobState;
import java.util.Set;
import java.util.UUID;

/**
 * A running job, with what can keep other jobs from starting.
 *
 * @param id its id
 * @param modules the modules of its tasks
 * @param crashes how often a process has ended while it ran
 * @param isHere whether it has a slot of this process
 */
public record RunningJob(UUID id, Set<String> modules, int crashes, boolean isHere) {

    public RunningJob {
        modules = Set.copyOf(modules);
    }

    /** See {@link JobState#isSuspected()}. */
    public boolean isSuspected() {
        return crashes >= JobState.SUSPECTED;
    }
}

package dev.pawl.service.job;

import java.time.Instant;
import java.util.UUID;

/**
 * One request for work and where it stands.
 *
 * @param id its id
 * @param request what was asked for
 * @param createdAt when
 * @param state where it stands
 */
public record Job(UUID id, JobRequest request, Instant createdAt, JobState state) {

    /** The task that is running or would be next; the last one when all are done. */
    public Task currentTask() {
        return request.tasks().get(Math.min(state.taskIndex(), request.tasks().size() - 1));
    }
}

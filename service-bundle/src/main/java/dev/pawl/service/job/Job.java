package dev.pawl.service.job;

import java.time.Instant;
import java.util.UUID;

/**
 * A request for work and its current state.
 *
 * @param id its id
 * @param request the request as it was made
 * @param createdAt the time of the request
 * @param state its current state
 */
public record Job(UUID id, JobRequest request, Instant createdAt, JobState state) {

    /** The task that is running or comes next; the last one when all are done. */
    public Task currentTask() {
        return request.tasks().get(Math.min(state.taskIndex(), request.tasks().size() - 1));
    }
}

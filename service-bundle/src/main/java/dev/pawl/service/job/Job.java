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
 * @param authors who started and stopped it
 */
public record Job(UUID id, JobRequest request, Instant createdAt, JobState state, JobAuthors authors) {

    /** A job of which nobody is known who started it. */
    public Job(UUID id, JobRequest request, Instant createdAt, JobState state) {
        this(id, request, createdAt, state, JobAuthors.NONE);
    }

    /** A copy in another state. */
    public Job withState(JobState other) {
        return new Job(id, request, createdAt, other, authors);
    }

    /** A copy with another request, whose secrets are open or hidden. */
    public Job withRequest(JobRequest other) {
        return new Job(id, other, createdAt, state, authors);
    }

    /** The task that is running or comes next; the last one when all are done. */
    public Task currentTask() {
        return request.tasks().get(Math.min(state.taskIndex(), request.tasks().size() - 1));
    }
}

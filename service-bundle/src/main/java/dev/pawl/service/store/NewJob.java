package dev.pawl.service.store;

import dev.pawl.service.job.JobRequest;
import java.time.Instant;
import java.util.UUID;

/**
 * A job to add.
 *
 * @param id its id
 * @param request the request as it was made
 * @param createdAt the time of the request
 */
public record NewJob(UUID id, JobRequest request, Instant createdAt) {}

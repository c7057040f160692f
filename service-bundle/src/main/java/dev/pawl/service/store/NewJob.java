package dev.pawl.service.store;

import dev.pawl.service.job.JobRequest;
import java.time.Instant;
import java.util.UUID;

/**
 * A job to be added.
 *
 * @param id its id
 * @param request what was asked for
 * @param createdAt when
 */
public record NewJob(UUID id, JobRequest request, Instant createdAt) {}

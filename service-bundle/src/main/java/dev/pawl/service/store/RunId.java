package dev.pawl.service.store;

import java.util.UUID;

/**
 * One run of a job.
 *
 * @param job the job's id
 * @param epoch the number of the run, from 1
 */
public record RunId(UUID job, long epoch) {}

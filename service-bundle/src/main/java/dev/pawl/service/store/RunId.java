package dev.pawl.service.store;

import java.util.UUID;

/**
 * One run of a job.
 *
 * @param job whose
 * @param epoch which, from 1
 */
public record RunId(UUID job, long epoch) {}

package dev.pawl.service.job;

/**
 * The outcome of a request for a job.
 *
 * @param job the job, on disk
 * @param existing whether it was there before and holds the request's unique key
 */
public record Submitted(Job job, boolean existing) {}

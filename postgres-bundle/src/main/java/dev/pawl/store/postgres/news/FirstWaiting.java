package dev.pawl.store.postgres.news;

/**
 * The first of the jobs that a transaction has put into a lane of the queue.
 *
 * @param moduleKey the modules of the job
 * @param lane its rank
 * @param queuedAt the time by which it is ordered within its rank, in microseconds
 * @param job its number
 */
public record FirstWaiting(String moduleKey, long lane, long queuedAt, long job) {}

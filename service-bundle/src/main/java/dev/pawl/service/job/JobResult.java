package dev.pawl.service.job;

import java.time.Instant;

/**
 * One JSON object that a task emitted.
 *
 * @param sequence its number within the job, from 1, without gaps
 * @param timestamp when it was emitted
 * @param taskIndex the index of the task that emitted it
 * @param json the JSON object as text
 * @param tentative whether it would be rolled back if the process ended now
 */
public record JobResult(long sequence, Instant timestamp, int taskIndex, String json, boolean tentative) {}

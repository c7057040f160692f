package dev.pawl.service.job;

import java.time.Instant;

/**
 * One JSON object that a task emitted.
 *
 * @param sequence its number within the job, from 1, without gap
 * @param timestamp when it was emitted
 * @param taskIndex by which task
 * @param json the object as JSON text
 * @param tentative whether it would be rolled back if the run ended with the process now
 */
public record JobResult(long sequence, Instant timestamp, int taskIndex, String json, boolean tentative) {}

package dev.pawl.service.schedule;

import java.time.Instant;

/**
 * A due time that is to come.
 *
 * @param schedule the name of the schedule
 * @param dueAt the due time, without jitter
 */
public record UpcomingFire(String schedule, Instant dueAt) {}

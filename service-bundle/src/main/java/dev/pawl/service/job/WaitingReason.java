package dev.pawl.service.job;

import java.time.Instant;

/**
 * A reason for which jobs wait, with their number.
 *
 * @param code the code, for programs
 * @param count the number of jobs that wait for it, 1 or more
 * @param oldestCreatedAt the time at which the first of them was requested
 * @param sentence the explanation for people
 * @param unblockedBy what would let them run
 */
public record WaitingReason(
        ReasonCode code, long count, Instant oldestCreatedAt, String sentence, String unblockedBy) {}

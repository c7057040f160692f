package dev.pawl.service.schedule;

import dev.pawl.service.job.JobStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule in its current state.
 *
 * @param request the request, without secrets
 * @param origin the declaration that it comes from; null when it was made by hand
 * @param sentence its timing as a sentence
 * @param nextAt its next due time, without jitter; null when it is paused or has ended
 * @param lastAt the time at which it last started a job; null when it never did
 * @param lastJob that job; null when there was none
 * @param lastStatus the status of that job; null when there was none or it has been removed
 * @param changedAt the time of the last change by someone
 */
public record ScheduleEntry(
        ScheduleRequest request,
        @Nullable ScheduleOrigin origin,
        String sentence,
        @Nullable Instant nextAt,
        @Nullable Instant lastAt,
        @Nullable UUID lastJob,
        @Nullable JobStatus lastStatus,
        Instant changedAt) {}

package dev.pawl.service.store;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.schedule.ScheduleRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is kept.
 *
 * @param request the request; the secrets of its job are sealed
 * @param origin the declaration that it comes from; null when it was made by hand
 * @param revision the number of its changes and fires so far; 0 for one that is not kept yet
 * @param changedAt the time of the last change by someone
 * @param timedAt the time at which its timing was set, from which an interval without a {@code start_at} counts
 * @param settledAt the time up to which each due time has its job or its reason
 * @param next the first due time after that; null when there is none, or it is paused
 * @param last the last job that it started; null when there was none
 */
public record KeptSchedule(
        ScheduleRequest request,
        @Nullable ScheduleOrigin origin,
        long revision,
        Instant changedAt,
        Instant timedAt,
        Instant settledAt,
        DueFire.@Nullable Next next,
        @Nullable Last last) {

    /**
     * The last job that a schedule started.
     *
     * @param at when it was added
     * @param job its id
     * @param status its status; null when it was removed
     */
    public record Last(Instant at, UUID job, @Nullable JobStatus status) {}

    /** A schedule that is not kept yet. */
    public static KeptSchedule first(
            ScheduleRequest request, @Nullable ScheduleOrigin origin, Instant now, DueFire.@Nullable Next next) {
        return new KeptSchedule(request, origin, 0, now, now, now, next, null);
    }

    /** The same schedule with another next due time. */
    public KeptSchedule withNext(DueFire.@Nullable Next other) {
        return new KeptSchedule(request, origin, revision, changedAt, timedAt, settledAt, other, last);
    }

    /** The name. */
    public String name() {
        return request.name();
    }
}

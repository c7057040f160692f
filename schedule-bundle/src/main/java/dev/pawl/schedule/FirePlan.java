package dev.pawl.schedule;

import dev.pawl.schedule.time.Timetable;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.job.DueFire.Skipped;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.store.KeptSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan for a schedule that is due.
 *
 * @param fire the due time, and what the schedule comes to with it
 * @param without the outcome, when no job is to be started; null when one is
 */
record FirePlan(DueFire fire, @Nullable FireOutcome without) {

    /**
     * The time after which a due time that nobody noticed is missed. It is longer than a restart takes, and than the clock goes unwatched; a
     * job that starts so late is still the one that was wanted at that time.
     */
    static final Duration GRACE = Duration.ofMinutes(1);

    /**
     * Plans for a schedule that has a next due time.
     *
     * @param late how late it was when it was noticed
     */
    static FirePlan of(KeptSchedule schedule, Timetables timetables, Instant now, Duration late) {
        ScheduleRequest request = schedule.request();
        Timetable timetable = timetables.of(schedule);
        Plans plans = new Plans(schedule, timetables, timetable, now);
        if (late.compareTo(GRACE) <= 0) {
            return plans.fire(plans.dueAt, null, "");
        }
        return switch (request.missed()) {
            case ONCE -> plans.once();
            case SKIP -> plans.none();
            case ALL -> plans.all();
        };
    }

    /** Ends a schedule whose times cannot be computed any more, as when its time zone is gone. */
    static FirePlan ended(KeptSchedule schedule, Instant now, String why) {
        Next due = Objects.requireNonNull(schedule.next());
        return new FirePlan(
                new DueFire(
                        schedule.name(),
                        schedule.revision(),
                        due.dueAt(),
                        now,
                        EarlierJobs.YIELD_TO,
                        null,
                        null,
                        "The schedule has no next time: " + why),
                FireOutcome.FAILED);
    }

    private static final class Plans {
        private final KeptSchedule schedule;
        private final Timetables timetables;
        private final Timetable timetable;
        private final Instant now;
        private final Instant dueAt;

        Plans(KeptSchedule schedule, Timetables timetables, Timetable timetable, Instant now) {
            this.schedule = schedule;
            this.timetables = timetables;
            this.timetable = timetable;
            this.now = now;
            this.dueAt = Objects.requireNonNull(schedule.next()).dueAt();
        }

        FirePlan fire(Instant due, @Nullable Skipped skipped, String detail) {
            return new FirePlan(at(due, skipped, detail), null);
        }

        /** One job, at the latest of the times that were missed. */
        FirePlan once() {
            MissedTimes missed = missed(now, 2);
            if (missed.count() == 1) {
                return fire(dueAt, null, "It was missed; this job makes up for it.");
            }
            Skipped others = new Skipped(
                    missed.latest().getFirst(),
                    missed.counted(1) + times(missed.count() - 1) + " from " + dueAt + " to "
                            + missed.latest().getFirst() + " missed: one job makes up for all.");
            return fire(missed.last(), others, "It was missed; this job makes up for all that were.");
        }

        /** No job for any of the times that were missed. */
        FirePlan none() {
            MissedTimes missed = missed(now.minus(GRACE), 1);
            String detail = missed.count() == 1
                    ? "It was missed, and the schedule skips such times."
                    : missed.counted(0) + times(missed.count()) + " from " + dueAt + " to " + missed.last()
                            + " missed; the schedule skips such times.";
            return new FirePlan(at(missed.last(), null, detail), FireOutcome.SKIPPED_MISSED);
        }

        /** A job for each of the times that were missed, and none for those before the latest of them. */
        FirePlan all() {
            MissedTimes missed = missed(now, Missed.MOST + 1);
            if (missed.count() <= Missed.MOST) {
                return fire(dueAt, null, "It was missed; this job makes up for it.");
            }
            Instant lastSkipped = missed.latest().getFirst();
            Instant firstFired = timetable.next(lastSkipped).orElse(lastSkipped);
            Skipped skipped = new Skipped(
                    lastSkipped,
                    missed.counted(Missed.MOST) + times(missed.count() - Missed.MOST) + " from " + dueAt + " to "
                            + lastSkipped + " missed: the schedule makes up for the latest " + Missed.MOST + " alone.");
            return fire(firstFired, skipped, "It was missed; this job makes up for it.");
        }

        /** The times that were missed: jitter counts as if it were always the longest, so that none is taken before its fire. */
        private MissedTimes missed(Instant upTo, int wanted) {
            Duration jitter = schedule.request().timing().jitter();
            return MissedTimes.between(timetable, dueAt, upTo.minus(jitter == null ? Duration.ZERO : jitter), wanted);
        }

        private DueFire at(Instant due, @Nullable Skipped skipped, String detail) {
            return new DueFire(
                    schedule.name(),
                    schedule.revision(),
                    due,
                    now,
                    earlier(),
                    timetables.next(schedule.request(), timetable, due),
                    skipped,
                    detail);
        }

        private EarlierJobs earlier() {
            return switch (schedule.request().overlap()) {
                case SKIP -> EarlierJobs.YIELD_TO;
                case QUEUE -> EarlierJobs.WAIT_FOR;
                case ALLOW -> EarlierJobs.RUN_BESIDE;
                case REPLACE -> EarlierJobs.STOP;
            };
        }

        private static String times(long count) {
            return count == 1 ? " due time" : " due times";
        }
    }
}

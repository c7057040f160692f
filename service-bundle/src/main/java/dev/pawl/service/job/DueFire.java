package dev.pawl.service.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A due time of a schedule for which a job is to be added. The store records it in the transaction that adds the job, if the schedule is
 * still as it was read; otherwise it changes nothing.
 *
 * @param schedule the name of the schedule
 * @param revision the revision of the schedule as it was read; {@link #BY_HAND} for a job that someone starts now
 * @param dueAt the due time, or the present time for a job that someone starts now
 * @param firedAt the present time
 * @param earlier the rule for earlier jobs of the schedule that have not ended
 * @param next when the schedule is due after this; null for never
 * @param skipped due times before this one that get no job; null when there are none
 * @param detail what is special about it, for the history; often empty
 */
public record DueFire(
        String schedule,
        long revision,
        Instant dueAt,
        Instant firedAt,
        EarlierJobs earlier,
        @Nullable Next next,
        @Nullable Skipped skipped,
        String detail) {

    /** The revision of a fire that leaves the due times of its schedule as they are. */
    public static final long BY_HAND = -1;

    /** The time for which a job waits that has to wait for earlier ones of its schedule: later than any other. */
    public static final Instant AFTER_EARLIER_JOBS = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * A due time to come.
     *
     * @param dueAt the due time
     * @param fireAt the time of its fire: the due time with its jitter
     */
    public record Next(Instant dueAt, Instant fireAt) {}

    /**
     * Due times in a row that get no job.
     *
     * @param lastDueAt the last of them
     * @param detail how many there are, and why they get none
     */
    public record Skipped(Instant lastDueAt, String detail) {}

    /** A job that someone starts now, whatever else the schedule does. */
    public static DueFire byHand(String schedule, Instant now, String detail) {
        return new DueFire(schedule, BY_HAND, now, now, EarlierJobs.RUN_BESIDE, null, null, detail);
    }

    /** Whether someone starts the job now. */
    public boolean isByHand() {
        return revision == BY_HAND;
    }

    /** The same due time with another detail. */
    public DueFire withDetail(String other) {
        return new DueFire(schedule, revision, dueAt, firedAt, earlier, next, skipped, other);
    }
}

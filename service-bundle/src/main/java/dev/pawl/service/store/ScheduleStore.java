package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.ScheduleOrigin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps schedules and the history of their due times. A due time that gets a job comes with {@link JobStore#add}. Threads, futures and reads
 * are as in {@link JobStore}.
 */
@ProviderType
public interface ScheduleStore {

    /** The fires of a schedule that are kept; more only while the jobs of older ones have not ended. */
    int MOST_FIRES = 1_000;

    /** The number of jobs of a schedule that wait for each other; a due time beyond it is skipped. */
    int MOST_WAITING = 1_000;

    /**
     * The clock by which schedules are due: that of the process, unless several processes share the store, whose clocks may differ.
     *
     * @param ofProcess the clock of the process
     */
    default InstantSource clock(InstantSource ofProcess) {
        return ofProcess;
    }

    /**
     * The time after which a process looks again at what is due and what waits, though it has not heard of anything: other processes change it
     * too, and may end before they have done what follows. Empty when this process alone changes it.
     */
    default Optional<Duration> lookAgain() {
        return Optional.empty();
    }

    /** One schedule. */
    Optional<KeptSchedule> find(String name);

    /** The schedules after a name, in the order of names, at most {@code limit}; an empty name stands before all. */
    List<KeptSchedule> list(String after, int limit);

    /** The names of the schedules that come from a declaration, in order. */
    List<String> ofOrigin(ScheduleOrigin.Kind kind, String name);

    /**
     * The schedules that fire up to a time, in the order of these times and of names, at most {@code limit}.
     *
     * @param after the schedule before them, as it was read; null from the earliest
     */
    List<KeptSchedule> due(Instant upTo, @Nullable KeptSchedule after, int limit);

    /** The first time after the given one at which a schedule fires. */
    Optional<Instant> nextFire(Instant after);

    /**
     * Keeps a schedule in place of the one of its name if that has the revision of this one; its history stays, and so does {@link
     * KeptSchedule#last()}. The change's entry, if someone requested it, is in that transaction too.
     *
     * @return the schedule as it is now; nothing is changed when there is another revision
     */
    CompletionStage<Put> put(KeptSchedule schedule, @Nullable AuditedChange change);

    /**
     * Deletes a schedule with its history, and the change's entry as above; says whether there was one. Its jobs that wait for each other may
     * start from now on.
     */
    CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change);

    /**
     * Records a due time that gets no job.
     *
     * @return false, with nothing changed, when the schedule has another revision
     */
    CompletionStage<Boolean> pass(DueFire fire, FireOutcome outcome);

    /** The fires of a schedule, the latest due time first, at most {@code limit}; only those before a time when one is given. */
    List<Fire> fires(String name, @Nullable Instant before, int limit);

    /**
     * The earliest job of a schedule that has not ended; one that waits for earlier ones of its schedule, which have ended, may start from now
     * on. Empty when all have ended.
     */
    CompletionStage<Optional<ScheduledJob>> release(String name);

    /**
     * The rules of local time by which the next due times were computed, as they were {@linkplain #keepZoneRules kept}; empty before that.
     */
    Optional<String> zoneRules();

    /** Keeps the rules of local time by which the next due times are computed from now on. */
    CompletionStage<Void> keepZoneRules(String rules);

    /** The schedules that have jobs which wait for earlier ones. */
    List<String> waiting();

    /**
     * The outcome of keeping a schedule.
     *
     * @param isDone whether it is kept
     * @param present the schedule of that name as it is now; null when there is none
     */
    record Put(boolean isDone, @Nullable KeptSchedule present) {}

    /**
     * A job of a schedule that has not ended.
     *
     * @param job its id
     * @param others the number of jobs that wait for it
     */
    record ScheduledJob(UUID job, int others) {}
}

package dev.pawl.service.schedule;

import dev.pawl.service.job.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps schedules and starts their jobs. Each due time gets exactly one job, or one reason in the history why there is none, whatever is
 * killed and wherever the clock is set. Safe for use by several threads. Reads block for a short read of the store. A future completes after
 * the change is on disk. Every error is a {@link dev.pawl.service.problem.ProblemException}, thrown or through the future; that of a name
 * that no schedule has is {@code UNKNOWN_SCHEDULE}.
 */
@ProviderType
public interface Schedules {

    /** The greatest number of schedules on a page. */
    int MOST_ON_PAGE = 1_000;

    /** The greatest number of times in an answer. */
    int MOST_TIMES = 1_000;

    /** The number of due times that are kept in the history of a schedule. */
    int MOST_FIRES = 1_000;

    /**
     * The schedules after a name, in the order of names.
     *
     * @param after the name before them; null from the beginning
     * @param limit the greatest number, 1 to {@link #MOST_ON_PAGE}
     */
    List<ScheduleEntry> list(@Nullable String after, int limit);

    /** One schedule. */
    ScheduleEntry get(String name);

    /**
     * Makes a schedule, or replaces the one of its name, whose history stays. With another timing, the next due time is the first one after
     * now. The job's modules need not be installed: its jobs wait for them. A secret that is given as its mask keeps its value. A schedule
     * that comes from a declaration still does, as one that was changed.
     */
    default CompletionStage<ScheduleEntry> put(ScheduleRequest request) {
        return put(request, changedAt -> {});
    }

    /**
     * The same if a check accepts the time of the last change of the schedule that it replaces, by returning; both are one step. The time is
     * empty when there is none of that name.
     */
    CompletionStage<ScheduleEntry> put(ScheduleRequest request, Consumer<Optional<Instant>> check);

    /**
     * Makes the schedules of a set what their declaration says: those that it names are made or changed, those of the set that it no longer
     * names are removed, and all others stay as they are, also those of a name that it declares. Everything is checked first; then each
     * change is a transaction of its own, so that one that is interrupted is completed by the next.
     *
     * @param dryRun whether nothing is to be changed
     * @return what is, or would be, done about each schedule that is declared or belongs to the set, by name
     */
    CompletionStage<List<ScheduleChange>> apply(DeclaredSchedules declared, boolean dryRun);

    /** Removes a schedule and its history; its jobs stay. */
    CompletionStage<Void> remove(String name);

    /** Pauses a schedule: its due times pass without a job and without a line in the history. Harmless when it is paused. */
    CompletionStage<ScheduleEntry> pause(String name);

    /** Ends the pause of a schedule, which is next due at its first due time after now. Harmless when it is not paused. */
    CompletionStage<ScheduleEntry> resume(String name);

    /** Starts one job of a schedule now, paused or not, whatever its earlier jobs do. */
    CompletionStage<Job> run(String name);

    /**
     * The history of a schedule, the latest due time first. The latest {@link #MOST_FIRES} are kept, for 90 days.
     *
     * @param before only due times before this; null from the latest
     * @param limit the greatest number, 1 to {@link #MOST_FIRES}
     */
    List<Fire> history(String name, @Nullable Instant before, int limit);

    /**
     * Shows a timing without keeping it.
     *
     * @param count the number of next due times, 1 to {@link #MOST_TIMES}
     */
    Preview preview(Timing timing, int count);

    /**
     * The due times of all schedules from one time up to, not including, another, in order.
     *
     * @param limit the greatest number, 1 to {@link #MOST_TIMES}
     */
    List<UpcomingFire> upcoming(Instant from, Instant to, int limit);
}

package dev.pawl.service.schedule;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request for a schedule.
 *
 * @param name its name, of the form {@link #NAME}
 * @param timing the rule by which it becomes due
 * @param job the request for each of its jobs; {@code not_before} and {@code on_conflict: replace} have no meaning in it
 * @param overlap the rule for a due time at which an earlier job has not ended
 * @param missed the rule for due times that passed unnoticed
 * @param paused whether its due times pass without a fire
 */
public record ScheduleRequest(
        String name, Timing timing, JobRequest job, Overlap overlap, Missed missed, boolean paused) {

    /** The form of a name: 1 to 100 letters of ASCII, digits, dots, hyphens and underscores, not a dot or a hyphen first. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** Names that {@code /schedules/…} has for other things. */
    private static final Set<String> TAKEN = Set.of("apply", "preview", "upcoming");

    public ScheduleRequest {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is \"" + abbreviated(name)
                    + "\"; it takes 1 to 100 letters of ASCII, digits, '.', '-' and '_', not '.' or '-' first.");
        }
        if (TAKEN.contains(name)) {
            throw new IllegalArgumentException(
                    "name is \"" + name + "\", which addresses of the API take; choose another.");
        }
        if (job.notBefore().isPresent()) {
            throw new IllegalArgumentException(
                    "job.not_before is " + job.notBefore().get() + "; a schedule's job takes none: start_at is the"
                            + " earliest time of the schedule.");
        }
        if (job.onConflict() == OnConflict.REPLACE) {
            throw new IllegalArgumentException(
                    "job.on_conflict is replace; a schedule's job takes return or reject: overlap of the schedule"
                            + " replaces its earlier jobs.");
        }
    }

    /** The same schedule with another job. */
    public ScheduleRequest withJob(JobRequest other) {
        return new ScheduleRequest(name, timing, other, overlap, missed, paused);
    }

    /** The same schedule, paused or not. */
    public ScheduleRequest withPaused(boolean other) {
        return new ScheduleRequest(name, timing, job, overlap, missed, other);
    }

    private static String abbreviated(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}

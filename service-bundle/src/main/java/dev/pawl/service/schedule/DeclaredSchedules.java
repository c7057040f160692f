package dev.pawl.service.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The schedules of one set, as a file declares them.
 *
 * @param set the name of the set, of the form {@link ScheduleRequest#NAME}
 * @param schedules its schedules, each name once; at most {@value #MOST}
 */
public record DeclaredSchedules(String set, List<Declared> schedules) {

    /** The most schedules in a set. */
    public static final int MOST = 10_000;

    public DeclaredSchedules {
        if (!ScheduleRequest.NAME.matcher(set).matches()) {
            throw new IllegalArgumentException("set is \"" + (set.length() <= 100 ? set : set.substring(0, 100) + "…")
                    + "\"; it takes 1 to 100 letters of ASCII, digits, '.', '-' and '_', not '.' or '-' first.");
        }
        schedules = List.copyOf(schedules);
        if (schedules.size() > MOST) {
            throw new IllegalArgumentException(
                    "schedules has " + schedules.size() + " entries; it takes up to " + MOST + ".");
        }
        Set<String> names = new HashSet<>();
        for (Declared schedule : schedules) {
            if (!names.add(schedule.request().name())) {
                throw new IllegalArgumentException("schedules has \""
                        + schedule.request().name() + "\" twice; give each schedule a name of its own.");
            }
        }
    }

    /**
     * A schedule in a set.
     *
     * @param request the schedule
     * @param saysWhetherPaused whether the declaration says so; otherwise a schedule that is there stays paused or not
     */
    public record Declared(ScheduleRequest request, boolean saysWhetherPaused) {}
}

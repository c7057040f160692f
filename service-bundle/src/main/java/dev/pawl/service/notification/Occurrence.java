package dev.pawl.service.notification;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a notification tells of: a job, or a due time of a schedule. Those of the same title, modules and schedule are one.
 *
 * @param job the last of its jobs; null for a due time
 * @param schedule the name of the schedule; null for a job
 * @param title the job's title, cut
 * @param modules the modules of its tasks, in order
 * @param at the time of the last of them, to the microsecond
 * @param detail the error or the reason of the last of them, cut; empty for none
 * @param times how many of them there were
 */
public record Occurrence(
        @Nullable UUID job,
        @Nullable String schedule,
        String title,
        List<String> modules,
        Instant at,
        String detail,
        long times) {

    /** The greatest length of a title. */
    public static final int MOST_OF_TITLE = 200;

    /** The greatest length of a detail. */
    public static final int MOST_OF_DETAIL = 500;

    /** The greatest number of modules. */
    private static final int MOST_MODULES = 5;

    public Occurrence {
        title = cut(title, MOST_OF_TITLE);
        detail = cut(detail, MOST_OF_DETAIL);
        at = at.truncatedTo(ChronoUnit.MICROS);
        modules = List.copyOf(modules.subList(0, Math.min(MOST_MODULES, modules.size())));
    }

    /** Whether another one has the same title, modules and schedule. */
    public boolean isLike(Occurrence other) {
        return title.equals(other.title)
                && modules.equals(other.modules)
                && String.valueOf(schedule).equals(String.valueOf(other.schedule));
    }

    /** This one together with a later one. */
    public Occurrence and(Occurrence later) {
        return new Occurrence(later.job, schedule, title, modules, later.at, later.detail, times + later.times);
    }

    /** Cuts a text without splitting a character. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}

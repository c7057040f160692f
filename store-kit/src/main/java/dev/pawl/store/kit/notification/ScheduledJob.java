package dev.pawl.store.kit.notification;

import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.store.kit.JsonColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The job of a schedule, as far as a notification needs it.
 *
 * @param schedule the name of the schedule
 * @param title its title
 * @param modules the modules of its tasks, sorted
 */
public record ScheduledJob(String schedule, String title, List<String> modules) {

    public ScheduledJob {
        modules = List.copyOf(modules);
    }

    /** Reads it from the request of a schedule, as JSON. */
    public static ScheduledJob of(String schedule, String request) {
        Map<String, Object> job = JsonColumn.map(request);
        List<String> modules = ((List<?>) job.getOrDefault("tasks", List.of()))
                .stream()
                        .map(task -> String.valueOf(((Map<?, ?>) task).get("module")))
                        .distinct()
                        .sorted()
                        .toList();
        return new ScheduledJob(schedule, String.valueOf(job.getOrDefault("title", schedule)), modules);
    }

    /** Whether a rule is for it. */
    public boolean isOf(NotificationRule rule) {
        return rule.isFor(title, Set.copyOf(modules));
    }

    /** A due time that got no job. */
    public Occurrences missed(Instant dueAt, String detail) {
        return Occurrences.of(new Occurrence(null, schedule, title, modules, dueAt, Occurrences.firstLine(detail), 1));
    }
}

package dev.pawl.scheduler.action;

import dev.pawl.api.module.Required;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.JobAction;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a job that carries out an action.
 *
 * @param action the action
 * @param filter the conditions of the filter by name; null when the jobs are named
 * @param ids the names of the jobs
 * @param except the names of jobs that are left alone
 * @param priority the new priority
 * @param actor the one for whom it is carried out: who, in which role and bounds, and through which door
 */
public record ActionInputs(
        @Required String action,
        @Nullable Map<String, Object> filter,
        @Nullable List<String> ids,
        @Nullable List<String> except,
        @Nullable Integer priority,
        @Required Map<String, Object> actor) {

    /** The inputs of a job, by name. */
    static Map<String, Object> of(BulkAction action, Actor actor) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("action", action.action().wireName());
        JobFilter filter = action.filter();
        if (filter != null) {
            inputs.put("filter", conditions(filter));
        }
        if (!action.jobs().isEmpty()) {
            inputs.put("ids", action.jobs());
        }
        if (!action.except().isEmpty()) {
            inputs.put("except", action.except());
        }
        if (action.priority() != null) {
            inputs.put("priority", action.priority());
        }
        Principal principal = actor.principal();
        inputs.put(
                "actor",
                Map.of(
                        "id", principal.id(),
                        "name", principal.name(),
                        "role", principal.role().wireName(),
                        "modules", List.copyOf(new TreeSet<>(principal.bounds().modules())),
                        "own_jobs", principal.bounds().ownJobs(),
                        "door", actor.door().wireName()));
        return inputs;
    }

    private static Map<String, Object> conditions(JobFilter filter) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        if (!filter.statuses().isEmpty()) {
            conditions.put(
                    "status",
                    filter.statuses().stream().map(JobStatus::wireName).sorted().toList());
        }
        filter.module().ifPresent(module -> conditions.put("module", module));
        filter.text().ifPresent(text -> conditions.put("q", text));
        filter.since().ifPresent(time -> conditions.put("since", time.toString()));
        filter.until().ifPresent(time -> conditions.put("until", time.toString()));
        return conditions;
    }

    BulkAction toAction() {
        return new BulkAction(
                JobAction.valueOf(action.toUpperCase(Locale.ROOT)),
                filter == null ? null : filter(filter),
                ids == null ? List.of() : ids,
                except == null ? List.of() : except,
                priority);
    }

    private static JobFilter filter(Map<String, Object> conditions) {
        JobFilter filter = JobFilter.all();
        for (Map.Entry<String, Object> condition : conditions.entrySet()) {
            Object value = condition.getValue();
            filter = switch (condition.getKey()) {
                case "status" ->
                    filter.withStatuses(texts(value).stream()
                            .map(word -> JobStatus.valueOf(word.toUpperCase(Locale.ROOT)))
                            .collect(Collectors.toSet()));
                case "module" -> filter.withModule((String) value);
                case "q" -> filter.withText((String) value);
                case "since" -> filter.since(Instant.parse((String) value));
                case "until" -> filter.until(Instant.parse((String) value));
                default ->
                    throw new IllegalArgumentException("The filter has no condition " + condition.getKey() + ".");
            };
        }
        return filter;
    }

    Actor toActor() {
        Bounds bounds = new Bounds(
                texts(actor.getOrDefault("modules", List.of())).stream().collect(Collectors.toSet()),
                Boolean.TRUE.equals(actor.get("own_jobs")));
        Principal principal = new Principal(text("id"), text("name"), Role.valueOf(upper("role")), bounds);
        return new Actor(principal, Door.valueOf(upper("door")), null, null);
    }

    private String text(String field) {
        return String.valueOf(actor.get(field));
    }

    private String upper(String field) {
        return text(field).toUpperCase(Locale.ROOT);
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }
}

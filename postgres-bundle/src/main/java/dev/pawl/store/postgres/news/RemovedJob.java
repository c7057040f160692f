package dev.pawl.store.postgres.news;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAuthors;
import dev.pawl.service.job.JobAuthors.Author;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobState.Attempts;
import dev.pawl.service.job.JobState.LatestRun;
import dev.pawl.service.job.JobState.Position;
import dev.pawl.service.job.JobState.Times;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.Task;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.StatusText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job that is gone, as news tell it: all that lists show of a job, and nothing else. */
final class RemovedJob {

    private RemovedJob() {}

    /** Writes a job; an empty text for none. */
    static String write(@Nullable Job job) {
        if (job == null) {
            return "";
        }
        JobState state = job.state();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", job.request().title());
        fields.put("modules", job.request().tasks().stream().map(Task::module).toList());
        fields.put("priority", job.request().priority());
        fields.put("created", Micros.of(job.createdAt()));
        fields.put("status", StatusText.of(state.status()));
        fields.put("epoch", state.epoch());
        fields.put("attempt", state.attempt());
        fields.put("crashes", state.crashes());
        fields.put("task", state.position().taskIndex());
        fields.put("percent", state.progress().percent());
        put(fields, "started", state.startedAt());
        put(fields, "completed", state.completedAt());
        put(fields, "due", state.dueAt());
        if (state.worker() != null) {
            fields.put("worker", state.worker());
        }
        Failure failure = state.failure();
        if (failure != null) {
            fields.put("failure", String.valueOf(FailureJson.write(failure)));
        }
        put(fields, "starter", job.authors().startedBy());
        put(fields, "stopper", job.authors().stoppedBy());
        return JsonColumn.write(fields);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Instant time) {
        if (time != null) {
            fields.put(name, Micros.of(time));
        }
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Author author) {
        if (author != null) {
            fields.put(name, List.of(author.id(), author.name()));
        }
    }

    /** Reads a job; null for none. */
    static @Nullable Job read(UUID id, String text) {
        if (text.isEmpty()) {
            return null;
        }
        Map<String, Object> fields = JsonColumn.map(text);
        List<Task> tasks = ((List<?>) fields.getOrDefault("modules", List.of()))
                .stream()
                        .map(module -> new Task(String.valueOf(module), Map.of()))
                        .toList();
        Object worker = fields.get("worker");
        Object failure = fields.get("failure");
        JobState state = new JobState(
                StatusText.status(String.valueOf(fields.get("status"))),
                new Attempts(number(fields, "epoch"), (int) number(fields, "attempt"), (int) number(fields, "crashes")),
                new Position(
                        (int) number(fields, "task"),
                        Map.of(),
                        null,
                        Map.of(),
                        new Progress(((Number) fields.getOrDefault("percent", 0)).doubleValue(), Map.of())),
                new Times(Duration.ZERO, time(fields, "started"), time(fields, "completed"), time(fields, "due")),
                worker == null ? null : new LatestRun(String.valueOf(worker), null, null),
                null,
                FailureJson.read(failure == null ? null : String.valueOf(failure)));
        JobRequest request = JobRequest.builder(tasks)
                .title(String.valueOf(fields.get("title")))
                .priority((int) number(fields, "priority"))
                .build();
        return new Job(
                id,
                request,
                Micros.instant(number(fields, "created")),
                state,
                new JobAuthors(author(fields, "starter"), author(fields, "stopper")));
    }

    private static long number(Map<String, Object> fields, String name) {
        return ((Number) fields.getOrDefault(name, 0)).longValue();
    }

    private static @Nullable Instant time(Map<String, Object> fields, String name) {
        return fields.containsKey(name) ? Micros.instant(number(fields, name)) : null;
    }

    private static @Nullable Author author(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof List<?> both
                ? new Author(String.valueOf(both.get(0)), String.valueOf(both.get(1)))
                : null;
    }
}

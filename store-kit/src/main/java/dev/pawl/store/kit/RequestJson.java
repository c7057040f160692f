package dev.pawl.store.kit;

import dev.pawl.api.module.Role;
import dev.pawl.service.job.After;
import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A job's request as JSON; default values are left out. */
public final class RequestJson {

    private static final String TITLE = "title";
    private static final String TASKS = "tasks";
    private static final String MODULE = "module";
    private static final String INPUTS = "inputs";
    private static final String SETTINGS = "settings";
    private static final String MAX_DURATION = "max_duration";
    private static final String PRIORITY = "priority";
    private static final String RETRY = "retry";
    private static final String MAX_ATTEMPTS = "max_attempts";
    private static final String BACKOFF = "backoff";
    private static final String MAX_BACKOFF = "max_backoff";
    private static final String UNIQUE_KEY = "unique_key";
    private static final String UNIQUE_FOR = "unique_for";
    private static final String ON_CONFLICT = "on_conflict";
    private static final String NOT_BEFORE = "not_before";
    private static final String TRACE_PARENT = "traceparent";
    private static final String RETRY_OF = "retry_of";
    private static final String CALLBACK = "callback";
    private static final String URL = "url";
    private static final String EVENTS = "events";
    private static final String SECRET = "secret";
    private static final String AFTER = "after";
    private static final String AFTER_END = "after_end"; // of the jobs, rather than their completion
    private static final String ROLE = "role";

    private RequestJson() {}

    public static String write(JobRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(TITLE, request.title());
        List<Map<String, Object>> tasks = new ArrayList<>();
        request.tasks().forEach(task -> tasks.add(Map.of(MODULE, task.module(), INPUTS, task.inputs())));
        body.put(TASKS, tasks);
        if (!request.settings().isEmpty()) {
            body.put(SETTINGS, request.settings());
        }
        request.maxDuration().ifPresent(duration -> body.put(MAX_DURATION, duration.toString()));
        if (request.priority() != 0) {
            body.put(PRIORITY, request.priority());
        }
        RetryPolicy retry = request.retry();
        if (!retry.equals(RetryPolicy.NONE)) {
            body.put(
                    RETRY,
                    Map.of(
                            MAX_ATTEMPTS, retry.maxAttempts(),
                            BACKOFF, retry.backoff().toString(),
                            MAX_BACKOFF, retry.maxBackoff().toString()));
        }
        request.uniqueKey().ifPresent(key -> body.put(UNIQUE_KEY, key));
        request.uniqueFor().ifPresent(time -> body.put(UNIQUE_FOR, time.toString()));
        if (request.onConflict() != OnConflict.RETURN) {
            body.put(ON_CONFLICT, request.onConflict().wireName());
        }
        request.notBefore().ifPresent(time -> body.put(NOT_BEFORE, time.toString()));
        request.traceParent().ifPresent(trace -> body.put(TRACE_PARENT, trace.toString()));
        request.retryOf().ifPresent(job -> body.put(RETRY_OF, job.toString()));
        request.callback().ifPresent(callback -> body.put(CALLBACK, written(callback)));
        if (!request.after().isNone()) {
            body.put(
                    request.after().on() == After.On.COMPLETED ? AFTER : AFTER_END,
                    request.after().jobs());
        }
        if (request.role() != Role.OPERATOR) {
            body.put(ROLE, request.role().wireName());
        }
        return JsonColumn.write(body);
    }

    public static JobRequest read(String text) {
        Map<String, Object> body = JsonColumn.map(text);
        List<Task> tasks = new ArrayList<>();
        for (Object task : (List<?>) body.getOrDefault(TASKS, List.of())) {
            Map<String, Object> fields = object(task);
            tasks.add(new Task(String.valueOf(fields.get(MODULE)), object(fields.get(INPUTS))));
        }
        JobRequest.Builder request = JobRequest.builder(tasks);
        body.forEach((name, value) -> {
            switch (name) {
                case TITLE -> request.title((String) value);
                case SETTINGS -> request.settings(object(value));
                case MAX_DURATION -> request.maxDuration(Duration.parse((String) value));
                case PRIORITY -> request.priority((Integer) value);
                case RETRY -> request.retry(retry(object(value)));
                case UNIQUE_KEY -> request.uniqueKey((String) value);
                case UNIQUE_FOR -> request.uniqueFor(Duration.parse((String) value));
                case ON_CONFLICT -> request.onConflict(OnConflict.of((String) value));
                case NOT_BEFORE -> request.notBefore(Instant.parse((String) value));
                case TRACE_PARENT -> TraceParent.parse((String) value).ifPresent(request::traceParent);
                case RETRY_OF -> request.retryOf(UUID.fromString((String) value));
                case CALLBACK -> request.callback(callback(object(value)));
                case AFTER -> request.after(new After(texts(value), After.On.COMPLETED));
                case AFTER_END -> request.after(new After(texts(value), After.On.ENDED));
                case ROLE -> request.role(Role.of((String) value));
                default -> {} // the tasks
            }
        });
        return request.build();
    }

    private static Map<String, Object> written(Callback callback) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(URL, callback.url());
        if (!callback.events().equals(CallbackEvent.ENDS)) {
            fields.put(
                    EVENTS,
                    callback.events().stream().map(CallbackEvent::wireName).toList());
        }
        if (callback.secret() != null) {
            fields.put(SECRET, callback.secret());
        }
        return fields;
    }

    private static Callback callback(Map<String, Object> fields) {
        Set<CallbackEvent> events = fields.get(EVENTS) instanceof List<?> names
                ? names.stream()
                        .flatMap(name -> CallbackEvent.of(String.valueOf(name)).stream())
                        .collect(Collectors.toSet())
                : CallbackEvent.ENDS;
        return new Callback(String.valueOf(fields.get(URL)), events, (String) fields.get(SECRET));
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static RetryPolicy retry(Map<String, Object> fields) {
        return new RetryPolicy(
                Integer.parseInt(String.valueOf(fields.get(MAX_ATTEMPTS))),
                Duration.parse(String.valueOf(fields.get(BACKOFF))),
                Duration.parse(String.valueOf(fields.get(MAX_BACKOFF))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}

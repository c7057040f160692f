package dev.pawl.service.job;

import dev.pawl.api.module.Role;
import dev.pawl.service.data.TextLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request for a job: its tasks and how to run them. Immutable; created by {@link #builder}. */
public final class JobRequest {

    private static final int PRIORITY_RANGE = 1_000;

    private final String title;
    private final List<Task> tasks;
    private final Map<String, Object> settings;
    private final @Nullable Duration maxDuration;
    private final int priority;
    private final RetryPolicy retry;
    private final @Nullable String uniqueKey;
    private final @Nullable Duration uniqueFor;
    private final OnConflict onConflict;
    private final @Nullable Instant notBefore;
    private final @Nullable TraceParent traceParent;
    private final @Nullable UUID retryOf;
    private final @Nullable Callback callback;
    private final After after;
    private final Role role;

    private JobRequest(Builder builder) {
        this.title = builder.title;
        this.tasks = builder.tasks;
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(builder.settings));
        this.maxDuration = builder.maxDuration;
        this.priority = builder.priority;
        this.retry = builder.retry;
        this.uniqueKey = builder.uniqueKey;
        this.uniqueFor = builder.uniqueFor;
        this.onConflict = builder.onConflict;
        this.notBefore = builder.notBefore;
        this.traceParent = builder.traceParent;
        this.retryOf = builder.retryOf;
        this.callback = builder.callback;
        this.after = builder.after;
        this.role = builder.role;
    }

    /** Creates a builder for at least one task; the title defaults to the first task's module. */
    public static Builder builder(List<Task> tasks) {
        return new Builder(tasks);
    }

    /** The title, for people. */
    public String title() {
        return title;
    }

    /** The tasks in the order in which they run; at least one. */
    public List<Task> tasks() {
        return tasks;
    }

    /** Settings that override the modules' own, by name. */
    public Map<String, Object> settings() {
        return settings;
    }

    /** The longest time that it may run, all runs together; unlimited when empty. */
    public Optional<Duration> maxDuration() {
        return Optional.ofNullable(maxDuration);
    }

    /** The priority, -1,000 to 1,000; higher runs first, 0 is the default. */
    public int priority() {
        return priority;
    }

    /** The policy for retries after a failure. */
    public RetryPolicy retry() {
        return retry;
    }

    /** The unique key: while a job holds it, no other job gets it; {@link #onConflict()} says what another request comes to. */
    public Optional<String> uniqueKey() {
        return Optional.ofNullable(uniqueKey);
    }

    /** The time after its end during which the job still holds its unique key; none when empty. */
    public Optional<Duration> uniqueFor() {
        return Optional.ofNullable(uniqueFor);
    }

    /** The outcome when another job holds the unique key. */
    public OnConflict onConflict() {
        return onConflict;
    }

    /** The earliest time at which it may start; at once when empty. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** The caller's place in a trace; empty when the caller named none. */
    public Optional<TraceParent> traceParent() {
        return Optional.ofNullable(traceParent);
    }

    /** The job that it retries; empty for a job of its own. */
    public Optional<UUID> retryOf() {
        return Optional.ofNullable(retryOf);
    }

    /** Who is told of it, and of what; empty for nobody. */
    public Optional<Callback> callback() {
        return Optional.ofNullable(callback);
    }

    /** The jobs that must end before it may start. */
    public After after() {
        return after;
    }

    /** The role of the caller. It must suffice for the modules of all tasks, including modules that are installed later. */
    public Role role() {
        return role;
    }

    /** The same request for other tasks. */
    public JobRequest withTasks(List<Task> others) {
        return with(others, settings);
    }

    /** The same request at another place in a trace. */
    public JobRequest withTraceParent(TraceParent place) {
        return copy(tasks, settings).traceParent(place).build();
    }

    /** The same request of a caller with another role. */
    public JobRequest withRole(Role other) {
        return copy(tasks, settings).role(other).build();
    }

    /** The same request after other jobs. */
    public JobRequest withAfter(After others) {
        return copy(tasks, settings).after(others).build();
    }

    /** The same request for other tasks, with other settings. */
    public JobRequest with(List<Task> others, Map<String, Object> otherSettings) {
        return copy(others, otherSettings).build();
    }

    private Builder copy(List<Task> others, Map<String, Object> otherSettings) {
        Builder copy = builder(others)
                .title(title)
                .settings(otherSettings)
                .priority(priority)
                .retry(retry)
                .role(role);
        copy.maxDuration = maxDuration;
        copy.uniqueKey = uniqueKey;
        copy.uniqueFor = uniqueFor;
        copy.onConflict = onConflict;
        copy.notBefore = notBefore;
        copy.traceParent = traceParent;
        copy.retryOf = retryOf;
        copy.callback = callback;
        copy.after = after;
        return copy;
    }

    /** Refuses a priority outside -1,000 to 1,000 with an {@link IllegalArgumentException}. */
    public static void checkPriority(int priority) {
        if (priority < -PRIORITY_RANGE || priority > PRIORITY_RANGE) {
            throw new IllegalArgumentException("priority is " + priority + "; it takes -1000 to 1000.");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobRequest that
                && title.equals(that.title)
                && tasks.equals(that.tasks)
                && settings.equals(that.settings)
                && Objects.equals(maxDuration, that.maxDuration)
                && priority == that.priority
                && retry.equals(that.retry)
                && Objects.equals(uniqueKey, that.uniqueKey)
                && Objects.equals(uniqueFor, that.uniqueFor)
                && onConflict == that.onConflict
                && Objects.equals(notBefore, that.notBefore)
                && Objects.equals(traceParent, that.traceParent)
                && Objects.equals(retryOf, that.retryOf)
                && Objects.equals(callback, that.callback)
                && after.equals(that.after)
                && role == that.role;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                title,
                tasks,
                settings,
                maxDuration,
                priority,
                retry,
                uniqueKey,
                uniqueFor,
                onConflict,
                notBefore,
                traceParent,
                retryOf,
                callback,
                after,
                role);
    }

    @Override
    public String toString() {
        return "JobRequest[" + title + ", " + tasks.size()
                + " task(s)]"; // neither inputs nor settings: they may be secret
    }

    /** Builds a request. Each method states its range and throws {@link IllegalArgumentException} for a value outside it. */
    public static final class Builder {

        private static final int MOST_TASKS = 1_000;
        private static final Duration LONGEST = Duration.ofDays(365);

        private final List<Task> tasks;
        private String title;
        private Map<String, Object> settings = Map.of();
        private @Nullable Duration maxDuration;
        private int priority;
        private RetryPolicy retry = RetryPolicy.NONE;
        private @Nullable String uniqueKey;
        private @Nullable Duration uniqueFor;
        private OnConflict onConflict = OnConflict.RETURN;
        private @Nullable Instant notBefore;
        private @Nullable TraceParent traceParent;
        private @Nullable UUID retryOf;
        private @Nullable Callback callback;
        private After after = After.NONE;
        private Role role = Role.OPERATOR;

        private Builder(List<Task> tasks) {
            if (tasks.isEmpty() || tasks.size() > MOST_TASKS) {
                throw new IllegalArgumentException(
                        "tasks has " + tasks.size() + " entries; it takes 1 to " + MOST_TASKS + ".");
            }
            this.tasks = List.copyOf(tasks);
            this.title = this.tasks.get(0).module();
        }

        /** Sets the title, 1 to 10,000 characters. */
        public Builder title(String title) {
            this.title = text("job_title", title, TextLimit.TITLE);
            return this;
        }

        /** Sets overrides of the modules' settings, by name. */
        public Builder settings(Map<String, ?> settings) {
            this.settings = new LinkedHashMap<>(settings);
            return this;
        }

        /** Sets the longest time that the job may run, 1 ms to 365 days. */
        public Builder maxDuration(Duration maxDuration) {
            this.maxDuration = duration("max_duration", maxDuration);
            return this;
        }

        /** -1,000 to 1,000. */
        public Builder priority(int priority) {
            checkPriority(priority);
            this.priority = priority;
            return this;
        }

        /** See {@link RetryPolicy}. */
        public Builder retry(RetryPolicy retry) {
            this.retry = retry;
            return this;
        }

        /** 1 to 200 characters. */
        public Builder uniqueKey(String uniqueKey) {
            this.uniqueKey = text("unique_key", uniqueKey, TextLimit.ID);
            return this;
        }

        /** Sets the time after its end during which the job still holds its unique key, 1 ms to 365 days. */
        public Builder uniqueFor(Duration uniqueFor) {
            this.uniqueFor = duration("unique_for", uniqueFor);
            return this;
        }

        /** Sets the outcome when another job holds the unique key; {@code RETURN} by default. */
        public Builder onConflict(OnConflict onConflict) {
            this.onConflict = onConflict;
            return this;
        }

        /** Any time; one that is past means at once. */
        public Builder notBefore(Instant notBefore) {
            this.notBefore = notBefore;
            return this;
        }

        /** The caller's place in a trace. */
        public Builder traceParent(TraceParent traceParent) {
            this.traceParent = traceParent;
            return this;
        }

        /** The job that it retries, which has failed or was stopped. */
        public Builder retryOf(UUID retryOf) {
            this.retryOf = retryOf;
            return this;
        }

        /** Sets who is told of it. */
        public Builder callback(Callback callback) {
            this.callback = callback;
            return this;
        }

        /** The jobs that must end before it may start; none by default. */
        public Builder after(After after) {
            this.after = after;
            return this;
        }

        /** The role of who asks; an operator unless told. */
        public Builder role(Role role) {
            this.role = role;
            return this;
        }

        /** Builds it; {@code unique_for} and {@code on_conflict} need a unique key. */
        public JobRequest build() {
            if (uniqueKey == null && (uniqueFor != null || onConflict != OnConflict.RETURN)) {
                throw new IllegalArgumentException(
                        (uniqueFor != null ? "unique_for" : "on_conflict") + " needs a unique_key; none is given.");
            }
            return new JobRequest(this);
        }

        private static Duration duration(String field, Duration value) {
            if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        field + " is " + value.toSeconds() + " seconds; it takes more than nothing and at most 365d.");
            }
            return value;
        }

        private static String text(String field, String value, TextLimit limit) {
            if (!limit.fits(value)) {
                throw new IllegalArgumentException(field + " has " + value.length() + " characters; it takes 1 to "
                        + limit.characters() + ", not all of them blank.");
            }
            return value;
        }
    }
}

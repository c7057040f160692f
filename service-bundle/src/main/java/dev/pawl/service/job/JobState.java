package dev.pawl.service.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job, as its store keeps it.
 *
 * @param status its status
 * @param attempts how often it has been run
 * @param position how far it has got
 * @param times when it ran, and when it may
 * @param latestRun its latest run; null before the first
 * @param parked why a waiting job was put back, where it was
 * @param failure why it failed; for a job waiting for a retry, why its last attempt did
 */
public record JobState(
        JobStatus status,
        Attempts attempts,
        Position position,
        Times times,
        @Nullable LatestRun latestRun,
        @Nullable ParkReason parked,
        @Nullable Failure failure) {

    /** So many crashes make a job one that may have ended the process. */
    public static final int SUSPECTED = 2;

    /** A job that was just added and waits. */
    public static JobState added(@Nullable Instant dueAt) {
        return new JobState(
                JobStatus.PENDING, Attempts.NONE, Position.START, Times.NONE.withDueAt(dueAt), null, null, null);
    }

    /** The same job in its next run, which begins now where none has begun before. */
    public JobState claimed(LatestRun run, Instant now) {
        return new JobState(JobStatus.RUNNING, attempts.withNextRun(), position, times.claimed(now), run, null, null);
    }

    /** The same job at another position. */
    public JobState withPosition(Position other) {
        return new JobState(status, attempts, other, times, latestRun, parked, failure);
    }

    /** Whether it may have ended the process, so that it begins alone. */
    public boolean isSuspected() {
        return crashes() >= SUSPECTED;
    }

    /** See {@link Attempts#epoch()}. */
    public long epoch() {
        return attempts.epoch();
    }

    /** See {@link Attempts#attempt()}. */
    public int attempt() {
        return attempts.attempt();
    }

    /** See {@link Attempts#crashes()}. */
    public int crashes() {
        return attempts.crashes();
    }

    /** See {@link Position#taskIndex()}. */
    public int taskIndex() {
        return position.taskIndex();
    }

    /** See {@link Position#checkpoint()}. */
    public Map<String, Object> checkpoint() {
        return position.checkpoint();
    }

    /** See {@link Position#checkpointVersion()}. */
    public @Nullable String checkpointVersion() {
        return position.checkpointVersion();
    }

    /** See {@link Position#settings()}. */
    public Map<String, Object> settings() {
        return position.settings();
    }

    /** See {@link Position#progress()}. */
    public Progress progress() {
        return position.progress();
    }

    /** See {@link Times#elapsed()}. */
    public Duration elapsed() {
        return times.elapsed();
    }

    /** See {@link Times#startedAt()}. */
    public @Nullable Instant startedAt() {
        return times.startedAt();
    }

    /** See {@link Times#completedAt()}. */
    public @Nullable Instant completedAt() {
        return times.completedAt();
    }

    /** See {@link Times#dueAt()}. */
    public @Nullable Instant dueAt() {
        return times.dueAt();
    }

    /** Who runs it, or ran it last; null when nobody has. */
    public @Nullable String worker() {
        return latestRun == null ? null : latestRun.worker();
    }

    /** When an external worker loses it; null when it runs here, or does not run. */
    public @Nullable Instant leasedUntil() {
        return latestRun == null ? null : latestRun.leasedUntil();
    }

    /** The version of the module that its latest run does or did the task with; null when that is not known. */
    public @Nullable String moduleVersion() {
        return latestRun == null ? null : latestRun.moduleVersion();
    }

    /**
     * How often a job has been run.
     *
     * @param epoch the number of its latest run; 0 before the first
     * @param attempt how many runs ended in failure so far, plus one; what {@link RetryPolicy#maxAttempts()} counts
     * @param crashes how many of its runs in a row ended with the process, while it got no further: the task and the values of its
     *     checkpoint stayed the same
     */
    public record Attempts(long epoch, int attempt, int crashes) {

        /** Before the first run. */
        public static final Attempts NONE = new Attempts(0, 1, 0);

        private Attempts withNextRun() {
            return new Attempts(epoch + 1, attempt, crashes);
        }
    }

    /**
     * How far a job has got.
     *
     * @param taskIndex the task that is running or would be next, from 0
     * @param checkpoint what that task saved last
     * @param checkpointVersion the version of the module that saved it; null when that is not known
     * @param settings the settings that task runs with, once it has begun; empty before
     * @param progress how far that task is
     */
    public record Position(
            int taskIndex,
            Map<String, Object> checkpoint,
            @Nullable String checkpointVersion,
            Map<String, Object> settings,
            Progress progress) {

        /** Before the first task. */
        public static final Position START = new Position(0, Map.of(), null, Map.of(), Progress.NONE);

        public Position {
            checkpoint = Collections.unmodifiableMap(new LinkedHashMap<>(checkpoint));
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }

        /** The same place with what is to be seen there instead of a checkpoint. */
        public Position withCheckpoint(Map<String, Object> values) {
            return new Position(taskIndex, values, checkpointVersion, settings, progress);
        }

        /** The same place with other settings. */
        public Position withSettings(Map<String, Object> values) {
            return new Position(taskIndex, checkpoint, checkpointVersion, values, progress);
        }

        /** The same place with another progress. */
        public Position withProgress(Progress other) {
            return new Position(taskIndex, checkpoint, checkpointVersion, settings, other);
        }
    }

    /**
     * When a job ran, and when it may.
     *
     * @param elapsed how long its former runs took, together with what the present one had saved
     * @param startedAt when its first run began
     * @param completedAt when it came to its final status
     * @param dueAt when a waiting job may start; at once when null
     */
    public record Times(
            Duration elapsed,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable Instant dueAt) {

        /** Before the first run, which may begin at once. */
        public static final Times NONE = new Times(Duration.ZERO, null, null, null);

        /** The same, due at a time. */
        public Times withDueAt(@Nullable Instant due) {
            return new Times(elapsed, startedAt, completedAt, due);
        }

        /** The same, begun at a time. */
        public Times withStartedAt(Instant began) {
            return new Times(elapsed, began, completedAt, dueAt);
        }

        private Times claimed(Instant now) {
            return withStartedAt(startedAt == null ? now : startedAt).withDueAt(null);
        }
    }

    /**
     * The latest run of a job.
     *
     * @param worker who does or did it
     * @param leasedUntil when an external worker loses the job; null when it runs here, or does not run
     * @param moduleVersion the version of the module that it does or did the task with; null when that is not known
     */
    public record LatestRun(
            String worker,
            @Nullable Instant leasedUntil,
            @Nullable String moduleVersion) {

        /** A run that has not said what it does its task with. */
        public static LatestRun by(String worker, @Nullable Instant leasedUntil) {
            return new LatestRun(worker, leasedUntil, null);
        }
    }
}

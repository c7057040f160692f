package dev.pawl.service.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job as the store keeps it.
 *
 * @param status its status
 * @param attempts the counters of its runs
 * @param position its current task and that task's state
 * @param times the times of its runs
 * @param latestRun its latest run; null before the first
 * @param parked the reason why a waiting job was parked, when it was
 * @param failure the cause of its failure, or of the last attempt's when the job waits for a retry
 */
public record JobState(
        JobStatus status,
        Attempts attempts,
        Position position,
        Times times,
        @Nullable LatestRun latestRun,
        @Nullable ParkReason parked,
        @Nullable Failure failure) {

    /** The number of crashes from which on a job is suspected of having ended the process. */
    public static final int SUSPECTED = 2;

    /** A job that was just added and waits. */
    public static JobState added(@Nullable Instant dueAt) {
        return new JobState(
                JobStatus.PENDING, Attempts.NONE, Position.START, Times.NONE.withDueAt(dueAt), null, null, null);
    }

    /** A copy for the job's next run, which begins now when it is the first. */
    public JobState claimed(LatestRun run, Instant now) {
        return new JobState(JobStatus.RUNNING, attempts.withNextRun(), position, times.claimed(now), run, null, null);
    }

    /** A copy with another position. */
    public JobState withPosition(Position other) {
        return new JobState(status, attempts, other, times, latestRun, parked, failure);
    }

    /** Whether it is suspected of having ended the process; such a job begins alone. */
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

    /** The worker that runs it, or ran it last; null when it has never run. */
    public @Nullable String worker() {
        return latestRun == null ? null : latestRun.worker();
    }

    /** The end of the external worker's lease; null when it runs here, or does not run. */
    public @Nullable Instant leasedUntil() {
        return latestRun == null ? null : latestRun.leasedUntil();
    }

    /** The version of the module on which its latest run executes the task; null when unknown. */
    public @Nullable String moduleVersion() {
        return latestRun == null ? null : latestRun.moduleVersion();
    }

    /**
     * The counters of a job's runs.
     *
     * @param epoch the number of its latest run; 0 before the first
     * @param attempt the number of runs that have failed so far, plus one; the number that {@link RetryPolicy#maxAttempts()} limits
     * @param crashes the number of consecutive runs that ended with the process while the job made no progress: its task and its checkpoint
     *         stayed the same
     */
    public record Attempts(long epoch, int attempt, int crashes) {

        /** Before the first run. */
        public static final Attempts NONE = new Attempts(0, 1, 0);

        private Attempts withNextRun() {
            return new Attempts(epoch + 1, attempt, crashes);
        }
    }

    /**
     * The position of a job: its current task and that task's state.
     *
     * @param taskIndex the task that is running or comes next, from 0
     * @param checkpoint the last checkpoint that this task saved
     * @param checkpointVersion the version of the module that saved it; null when unknown
     * @param settings the settings that this task runs with, once it has begun; empty before
     * @param progress the progress of this task
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

        /** A copy with another checkpoint, or with a text shown in its place. */
        public Position withCheckpoint(Map<String, Object> values) {
            return new Position(taskIndex, values, checkpointVersion, settings, progress);
        }

        /** A copy with other settings. */
        public Position withSettings(Map<String, Object> values) {
            return new Position(taskIndex, checkpoint, checkpointVersion, values, progress);
        }

        /** A copy with another progress. */
        public Position withProgress(Progress other) {
            return new Position(taskIndex, checkpoint, checkpointVersion, settings, other);
        }
    }

    /**
     * The times of a job's runs.
     *
     * @param elapsed the duration of its earlier runs, plus that of the current one up to its last write
     * @param startedAt the time at which its first run began
     * @param completedAt the time at which it reached its final status
     * @param dueAt the earliest time at which a waiting job may start; at once when null
     */
    public record Times(
            Duration elapsed,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable Instant dueAt) {

        /** Before the first run, which may begin at once. */
        public static final Times NONE = new Times(Duration.ZERO, null, null, null);

        /** A copy that is due at a time. */
        public Times withDueAt(@Nullable Instant due) {
            return new Times(elapsed, startedAt, completedAt, due);
        }

        /** A copy that began at a time. */
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
     * @param worker the worker that runs or ran it
     * @param leasedUntil the end of the external worker's lease; null when it runs here, or does not run
     * @param moduleVersion the version of the module on which it executes the task; null when unknown
     */
    public record LatestRun(
            String worker,
            @Nullable Instant leasedUntil,
            @Nullable String moduleVersion) {

        /** A run whose module version is unknown yet. */
        public static LatestRun by(String worker, @Nullable Instant leasedUntil) {
            return new LatestRun(worker, leasedUntil, null);
        }
    }
}

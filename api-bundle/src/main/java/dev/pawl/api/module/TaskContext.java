package dev.pawl.api.module;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a task knows and what it can say. Safe for many threads; all times come from the runtime's clock.
 *
 * <p>Every write carries the run's {@linkplain #epoch() epoch}. Once the run has lost it (stopped, taken over, timed out),
 * each writing method throws {@link StaleRunException} and nothing is saved any more.
 */
@ProviderType
public interface TaskContext {

    /** The job's id, a UUID. */
    String jobId();

    /** This task's place in the job, from 0. */
    int taskIndex();

    /** The number of this run, from 1; greater after each interruption. */
    long epoch();

    /** When the job first began to run. */
    Instant startTime();

    /** How long the job has been running, all its runs together. */
    Duration elapsed();

    /** The inputs as the record the module declared. */
    <T> T inputs(Class<T> type);

    /** The inputs by name, converted to the declared types; not modifiable. */
    Map<String, Object> inputs();

    /** The settings in force for this task as the record the module declared. */
    <T> T settings(Class<T> type);

    /** The settings in force for this task by name; not modifiable. */
    Map<String, Object> settings();

    /** Adds a line to the job's log; it is cut at 64 KiB. Watchers see it within a fraction of a second. */
    void log(LogLevel level, String message);

    /** {@link #log} at {@link LogLevel#INFO}. */
    default void info(String message) {
        log(LogLevel.INFO, message);
    }

    /** {@link #log} at {@link LogLevel#WARNING}. */
    default void warning(String message) {
        log(LogLevel.WARNING, message);
    }

    /** {@link #log} at {@link LogLevel#ERROR}. */
    default void error(String message) {
        log(LogLevel.ERROR, message);
    }

    /**
     * Adds a result. It becomes final with the next checkpoint or the task's end; until then it is shown as tentative.
     *
     * @param result a record, a bean or a map; kept as one JSON object of at most 1 MiB
     * @throws IllegalArgumentException when it is null, no JSON object, recursive or too large
     */
    void emit(Object result);

    /**
     * Merges the values into the task's checkpoint and saves it, in one transaction with every result, log line and progress
     * before it. When it returns, all of it is on disk. The runtime may stop, move or pause the job here, by
     * {@link TaskCancelledException}.
     *
     * @param values JSON values by name; the merged checkpoint is at most 1 MiB
     * @throws IllegalArgumentException when a value cannot be JSON or the whole is too large; nothing is saved
     */
    void checkpoint(Map<String, ?> values);

    /** What the task last saved under a name, or {@code otherwise}; converted to the type of {@code otherwise}. */
    <T extends @Nullable Object> T checkpoint(String key, T otherwise);

    /**
     * Shows how far the task is; saved with the next write.
     *
     * @param percent 0 to 100; what lies outside is brought to the nearer end
     * @param info free JSON values for people and programs that watch, at most 16 KiB
     */
    void progress(double percent, Map<String, ?> info);

    /**
     * Whether to leave the work now: the job was stopped or reached its duration limit, the run lost its epoch, or a pause (the
     * server stops, the module is updated or goes) has waited for a checkpoint in vain. While a pause still waits this stays
     * false, since the next {@link #checkpoint(Map)} is the place to leave without losing anything; and so it does in
     * {@link Module#cleanup}, which is not told to leave.
     */
    boolean isCancelled();

    /**
     * Leaves the work when the run is to end.
     *
     * @throws TaskCancelledException when {@link #isCancelled()}
     */
    void throwIfCancelled();

    /** The module's documents. */
    ModuleData data();

    /** The files outside {@link #workDir()} that the task may reach. */
    TaskFiles files();

    /** A folder of this job; it is there after a restart and is deleted when the job has ended. */
    Path workDir();

    /**
     * A key for an effect outside (a payment, a mail) that must happen once: the same in every run of this job for the same
     * task and step, and different from all others.
     */
    String idempotencyKey(String step);
}

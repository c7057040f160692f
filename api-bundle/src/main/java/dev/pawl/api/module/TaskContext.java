package dev.pawl.api.module;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The view that a task has of its job: inputs, settings, log, results and checkpoints. Safe for use by several threads; all times come from
 * the runtime's clock.
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

    /** The number of this run, from 1; it increases with each interruption. */
    long epoch();

    /** The time at which the job first began to run. */
    Instant startTime();

    /** The time for which the job has been running, all its runs together. */
    Duration elapsed();

    /** The inputs as the record the module declared. */
    <T> T inputs(Class<T> type);

    /** The inputs by name, converted to the declared types, in the order in which they were given; not modifiable. */
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
     * @throws IllegalArgumentException when it is null, not a JSON object, recursive or too large
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

    /**
     * The value that the task last saved under a name, converted to the type of {@code otherwise}, or {@code otherwise} when there is none.
     */
    <T extends @Nullable Object> T checkpoint(String key, T otherwise);

    /** All values that the task last saved, by name; empty when there are none. Not modifiable. */
    Map<String, Object> checkpoint();

    /**
     * Reports the progress of the task; saved with the next write.
     *
     * @param percent 0 to 100; a value outside is clamped
     * @param info any JSON values for people and programs that watch, at most 16 KiB
     */
    void progress(double percent, Map<String, ?> info);

    /**
     * Whether the task must end now: the job was stopped or reached its duration limit, the run lost its epoch, or the job is being parked
     * (the server stops, the module is updated or removed) and no checkpoint came in time. While parking still waits for a checkpoint this
     * stays false, since the next {@link #checkpoint(Map)} is the place to end without losing anything. It is also false in {@link
     * Module#cleanup}, which is not asked to end.
     */
    boolean isCancelled();

    /**
     * Throws when the task must end.
     *
     * @throws TaskCancelledException when {@link #isCancelled()}
     */
    void throwIfCancelled();

    /** The module's documents. */
    ModuleData data();

    /** The files outside {@link #workDir()} that the task may reach. */
    TaskFiles files();

    /** A folder of this job; it survives a restart and is deleted when the job has ended. */
    Path workDir();

    /**
     * Whether this task of this run has made the {@linkplain #workDir() work folder}, so that nothing is in it which an earlier run or task of the job
     * left: in the first run, and after the job has moved to another server that does not share the folders of work. A task that goes on from a
     * checkpoint asks this before it relies on files. The same answer throughout the run of a task.
     *
     * @since 1.1
     */
    default boolean isFreshWorkDir() {
        return epoch() == 1;
    }

    /**
     * The files of the artifacts that earlier tasks of the job have left in the folder {@code artifacts} of its work folder, by their
     * names: paths relative to that folder, with {@code /} between folders. They are for reading.
     */
    Map<String, Path> artifacts();

    /**
     * The time after which the task is stopped, since its job has run for as long as it may, all its runs together; empty when the job has
     * no such limit.
     */
    default Optional<Duration> timeLeft() {
        return Optional.empty();
    }

    /**
     * The header {@code traceparent} of the request that started the job, for calls to other programs that are to appear in the same trace;
     * empty when the request had none.
     */
    default Optional<String> traceParent() {
        return Optional.empty();
    }

    /**
     * A key for an external effect (a payment, a mail) that must happen only once: the same in every run of this job for the same task and
     * step, and different from all others.
     */
    String idempotencyKey(String step);
}

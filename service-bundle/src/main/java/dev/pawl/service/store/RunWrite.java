package dev.pawl.service.store;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write of a run, or one of the runtime for a job that waits, committed in one transaction. The write of a run is accepted while the job is
 * running with the run's epoch; that of the runtime while the job waits with the epoch of its last run, when it holds nothing but lines and a
 * {@link RunMove} that this status allows. So a run that was put back can write nothing more, also while no other run has begun. Immutable;
 * each method that begins with {@code with} returns a changed copy.
 *
 * @param run the run
 * @param taskIndex the task's place in the job; {@link #NO_TASK} for the runtime's own lines
 * @param whileWaiting whether it is one of the runtime for a job that waits
 * @param lines the log lines, in order
 * @param results the results, in order; tentative until a checkpoint in this write or a later one
 * @param task the changes of the current task
 * @param elapsed how long the job has been running, all runs together; a store keeps the longest value
 * @param move the job's next status or task; null when it keeps running
 * @param artifacts the artifacts that the run records, whose files are on disk; one with the path of an earlier one replaces it
 * @param change the stop or the end that someone requested and that this write makes; null for whatever the run does by itself
 */
public record RunWrite(
        RunId run,
        int taskIndex,
        boolean whileWaiting,
        List<Line> lines,
        List<Emitted> results,
        TaskChange task,
        Duration elapsed,
        @Nullable RunMove move,
        List<JobArtifact> artifacts,
        @Nullable AuditedChange change) {

    /** The task index of the runtime's own lines. */
    public static final int NO_TASK = -1;

    public RunWrite {
        lines = List.copyOf(lines);
        results = List.copyOf(results);
        artifacts = List.copyOf(artifacts);
    }

    /** An empty write for a task of a run. */
    public static RunWrite of(RunId run, int taskIndex) {
        return new RunWrite(
                run, taskIndex, false, List.of(), List.of(), TaskChange.NONE, Duration.ZERO, null, List.of(), null);
    }

    /** An empty write of the runtime itself for the job as it was read: for its run, or for the job when it waits. */
    public static RunWrite ofRuntime(Job job) {
        RunWrite write = of(new RunId(job.id(), job.state().epoch()), NO_TASK)
                .withElapsed(job.state().elapsed());
        return job.state().status() == JobStatus.PENDING ? write.forWaiting() : write;
    }

    /** A copy for the job while it waits. */
    public RunWrite forWaiting() {
        return new RunWrite(run, taskIndex, true, lines, results, task, elapsed, move, artifacts, change);
    }

    /** A copy with log lines. */
    public RunWrite withLines(List<Line> said) {
        return new RunWrite(run, taskIndex, whileWaiting, said, results, task, elapsed, move, artifacts, change);
    }

    /** A copy with results. */
    public RunWrite withResults(List<Emitted> emitted) {
        return new RunWrite(run, taskIndex, whileWaiting, lines, emitted, task, elapsed, move, artifacts, change);
    }

    /** A copy with changes of the current task. */
    public RunWrite withTask(TaskChange changed) {
        return new RunWrite(run, taskIndex, whileWaiting, lines, results, changed, elapsed, move, artifacts, change);
    }

    /** A copy with another elapsed time. */
    public RunWrite withElapsed(Duration time) {
        return new RunWrite(run, taskIndex, whileWaiting, lines, results, task, time, move, artifacts, change);
    }

    /** A copy with a move of the job. */
    public RunWrite withMove(RunMove to) {
        return new RunWrite(run, taskIndex, whileWaiting, lines, results, task, elapsed, to, artifacts, change);
    }

    /** A copy with artifacts. */
    public RunWrite withArtifacts(List<JobArtifact> kept) {
        return new RunWrite(run, taskIndex, whileWaiting, lines, results, task, elapsed, move, kept, change);
    }

    /** A copy that makes a requested change. */
    public RunWrite withChange(@Nullable AuditedChange requested) {
        return new RunWrite(run, taskIndex, whileWaiting, lines, results, task, elapsed, move, artifacts, requested);
    }

    /**
     * The changes of the current task; null leaves a value unchanged.
     *
     * @param checkpoint the task's whole checkpoint, which makes all results so far final
     * @param settings the settings with which the task began
     * @param moduleVersion the version of the module that executes the task
     * @param progress the progress of the task
     */
    public record TaskChange(
            @Nullable Map<String, Object> checkpoint,
            @Nullable Map<String, Object> settings,
            @Nullable String moduleVersion,
            @Nullable Progress progress) {

        /** No change. */
        public static final TaskChange NONE = new TaskChange(null, null, null, null);

        /** A copy with a checkpoint. */
        public TaskChange withCheckpoint(Map<String, Object> values) {
            return new TaskChange(values, settings, moduleVersion, progress);
        }

        /** A copy with the settings with which the task began. */
        public TaskChange withSettings(Map<String, Object> values) {
            return new TaskChange(checkpoint, values, moduleVersion, progress);
        }

        /** A copy with the version of the task's module. */
        public TaskChange withModuleVersion(String version) {
            return new TaskChange(checkpoint, settings, version, progress);
        }

        /** A copy with a progress. */
        public TaskChange withProgress(Progress made) {
            return new TaskChange(checkpoint, settings, moduleVersion, made);
        }
    }

    /**
     * A line for the log.
     *
     * @param timestamp the time at which it was logged
     * @param level its severity
     * @param message the text, cut to {@link TextLimit#LINE}
     */
    public record Line(Instant timestamp, LogLevel level, String message) {

        public Line {
            message = TextLimit.LINE.kept(message);
        }
    }

    /**
     * A result.
     *
     * @param timestamp the time at which it was emitted
     * @param json a JSON object as text
     */
    public record Emitted(Instant timestamp, String json) {}
}

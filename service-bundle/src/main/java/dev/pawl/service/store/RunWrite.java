package dev.pawl.service.store;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to say, committed together. Accepted while the job's epoch is that of the run and it is running; for a waiting
 * job, whose epoch is that of its last run, lines and a {@link RunMove} that its status allows are accepted. Not modifiable; each
 * method that begins with {@code with} returns a changed copy.
 *
 * @param run whose
 * @param taskIndex of which task; {@link #NO_TASK} for the runtime's own lines
 * @param lines for the log, in order
 * @param results in order; tentative until a checkpoint, in this write or a later one
 * @param task what becomes different about the current task
 * @param elapsed how long the job has been running, all runs together; a store keeps the longest it was told
 * @param move where the job goes; null when it goes on running
 */
public record RunWrite(
        RunId run,
        int taskIndex,
        List<Line> lines,
        List<Emitted> results,
        TaskChange task,
        Duration elapsed,
        @Nullable RunMove move) {

    /** The task index of the runtime's own lines. */
    public static final int NO_TASK = -1;

    public RunWrite {
        lines = List.copyOf(lines);
        results = List.copyOf(results);
    }

    /** A write for a task of a run that says nothing yet. */
    public static RunWrite of(RunId run, int taskIndex) {
        return new RunWrite(run, taskIndex, List.of(), List.of(), TaskChange.NONE, Duration.ZERO, null);
    }

    /** A write of the runtime itself for the job's latest run, which says nothing yet. */
    public static RunWrite ofRuntime(Job job) {
        return of(new RunId(job.id(), job.state().epoch()), NO_TASK)
                .withElapsed(job.state().elapsed());
    }

    /** The same with lines for the log. */
    public RunWrite withLines(List<Line> said) {
        return new RunWrite(run, taskIndex, said, results, task, elapsed, move);
    }

    /** The same with results. */
    public RunWrite withResults(List<Emitted> emitted) {
        return new RunWrite(run, taskIndex, lines, emitted, task, elapsed, move);
    }

    /** The same with a change of the current task. */
    public RunWrite withTask(TaskChange change) {
        return new RunWrite(run, taskIndex, lines, results, change, elapsed, move);
    }

    /** The same, where it is known how long the job has been running. */
    public RunWrite withElapsed(Duration time) {
        return new RunWrite(run, taskIndex, lines, results, task, time, move);
    }

    /** The same with a move of the job. */
    public RunWrite withMove(RunMove to) {
        return new RunWrite(run, taskIndex, lines, results, task, elapsed, to);
    }

    /**
     * What becomes different about the current task; what is null stays as it is.
     *
     * @param checkpoint the task's whole checkpoint, which makes all results so far final
     * @param settings the settings the task has begun with
     * @param moduleVersion the version of the module that does the task
     * @param progress how far the task is
     */
    public record TaskChange(
            @Nullable Map<String, Object> checkpoint,
            @Nullable Map<String, Object> settings,
            @Nullable String moduleVersion,
            @Nullable Progress progress) {

        /** No change: all stays as it is. */
        public static final TaskChange NONE = new TaskChange(null, null, null, null);

        /** The same with a checkpoint. */
        public TaskChange withCheckpoint(Map<String, Object> values) {
            return new TaskChange(values, settings, moduleVersion, progress);
        }

        /** The same with the settings that the task has begun with. */
        public TaskChange withSettings(Map<String, Object> values) {
            return new TaskChange(checkpoint, values, moduleVersion, progress);
        }

        /** The same with the version of the task's module. */
        public TaskChange withModuleVersion(String version) {
            return new TaskChange(checkpoint, settings, version, progress);
        }

        /** The same with a progress. */
        public TaskChange withProgress(Progress made) {
            return new TaskChange(checkpoint, settings, moduleVersion, made);
        }
    }

    /**
     * A line for the log.
     *
     * @param timestamp when it was said
     * @param level how much it matters
     * @param message the line, kept to {@link TextLimit#LINE}
     */
    public record Line(Instant timestamp, LogLevel level, String message) {

        public Line {
            message = TextLimit.LINE.kept(message);
        }
    }

    /**
     * A result.
     *
     * @param timestamp when it was emitted
     * @param json a JSON object as text
     */
    public record Emitted(Instant timestamp, String json) {}
}

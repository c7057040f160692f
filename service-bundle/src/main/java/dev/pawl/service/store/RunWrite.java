package dev.pawl.service.store;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to say, committed together. Accepted while the job's epoch is {@code epoch} and it is running; for a waiting
 * job, whose epoch is that of its last run, lines and a {@link RunMove} that its status allows are accepted.
 *
 * @param job whose
 * @param epoch of which run
 * @param taskIndex of which task; -1 for the runtime's own lines
 * @param lines for the log, in order
 * @param results in order; tentative until a checkpoint, in this write or a later one
 * @param checkpoint the task's whole checkpoint, which makes all results so far final; null for none
 * @param settings the settings the current task has begun with; null when they stay
 * @param moduleVersion the version of the module that does the current task; null when it stays
 * @param progress null when it stays
 * @param elapsed how long the job has been running, all runs together; a store keeps the longest it was told
 * @param move where the job goes; null when it goes on running
 */
public record RunWrite(
        UUID job,
        long epoch,
        int taskIndex,
        List<Line> lines,
        List<Emitted> results,
        @Nullable Map<String, Object> checkpoint,
        @Nullable Map<String, Object> settings,
        @Nullable String moduleVersion,
        @Nullable Progress progress,
        Duration elapsed,
        @Nullable RunMove move) {

    public RunWrite {
        lines = List.copyOf(lines);
        results = List.copyOf(results);
    }

    /** What the runtime itself has to say for the job's latest run. */
    public static RunWrite ofRuntime(Job job, List<Line> lines, @Nullable Progress progress, @Nullable RunMove move) {
        return new RunWrite(
                job.id(),
                job.state().epoch(),
                -1,
                lines,
                List.of(),
                null,
                null,
                null,
                progress,
                job.state().elapsed(),
                move);
    }

    /** The same, where it is known how long the job has been running. */
    public RunWrite withElapsed(Duration time) {
        return new RunWrite(
                job, epoch, taskIndex, lines, results, checkpoint, settings, moduleVersion, progress, time, move);
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

package dev.pawl.service.job;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.data.TextLimit;
import java.time.Instant;

/**
 * A line of a job's log.
 *
 * @param sequence its number within the job, from 1, without gaps
 * @param timestamp the time at which it was logged
 * @param level its severity
 * @param message the text, cut to {@link TextLimit#LINE}
 * @param taskIndex the task that logged it; -1 for the runtime itself
 * @param epoch the run in which it was logged; 0 before the first
 */
public record LogEntry(long sequence, Instant timestamp, LogLevel level, String message, int taskIndex, long epoch) {

    public LogEntry {
        message = TextLimit.LINE.kept(message);
    }
}

package dev.pawl.service.job;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.data.TextLimit;
import java.time.Instant;

/**
 * A line of a job's log.
 *
 * @param sequence its number within the job, from 1, without gap
 * @param timestamp when it was said
 * @param level how much it matters
 * @param message the line, kept to {@link TextLimit#LINE}
 * @param taskIndex which task said it; -1 for the runtime itself
 * @param epoch in which run; 0 before the first
 */
public record LogEntry(long sequence, Instant timestamp, LogLevel level, String message, int taskIndex, long epoch) {

    public LogEntry {
        message = TextLimit.LINE.kept(message);
    }
}

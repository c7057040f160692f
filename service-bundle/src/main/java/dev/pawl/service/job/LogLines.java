package dev.pawl.service.job;

import java.util.List;

/**
 * Lines of a job's log, with the extent of the whole log at the same moment.
 *
 * @param lines the selected lines, in the order of their sequence numbers
 * @param total the number of lines in the log
 * @param matches the number of lines in the log that say what was selected by, whatever their numbers
 * @param droppedTo the sequence number of the last line that was dropped from the log for its size; 0 when it has them all. The lines of
 *     the log are numbered from the next one without a gap
 */
public record LogLines(List<LogEntry> lines, long total, long matches, long droppedTo) {

    /** The log of a job that has written nothing. */
    public static final LogLines NONE = new LogLines(List.of(), 0, 0, 0);

    public LogLines {
        lines = List.copyOf(lines);
    }
}

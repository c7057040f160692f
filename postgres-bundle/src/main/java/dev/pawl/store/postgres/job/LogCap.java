package dev.pawl.store.postgres.job;

import dev.pawl.store.kit.LogLimits;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Drops the oldest lines of a job's log that is beyond its limits. */
public record LogCap(LogLimits limits) {

    public static final LogCap DEFAULT = new LogCap(LogLimits.DEFAULT);

    private static final String SIZE =
            "SELECT coalesce(sum(length(message)), 0)::bigint FROM log_lines WHERE job = ? AND n > ? AND n <= ?";
    private static final String LENGTHS =
            "SELECT length(message) FROM log_lines WHERE job = ? AND n > ? ORDER BY n LIMIT 1000";
    private static final String DROP = "DELETE FROM log_lines WHERE job = ? AND n <= ?";
    private static final String SAY =
            "UPDATE log_lines SET level = 'WARNING', task_index = -1, message = ? WHERE job = ? AND n = ?";

    /** Reads the framework's properties, with their defaults. */
    public static LogCap of(Function<String, @Nullable String> properties) {
        return new LogCap(LogLimits.of(properties::apply));
    }

    /** Drops the oldest lines of a log that is too long; the oldest remaining line then says how many were dropped. */
    void trim(Work work, JobRecord record) throws SQLException {
        JobColumns log = record.now;
        if (!isExceeded(log) || log.linesDropped >= log.lines - 2) {
            return;
        }
        work.flush();
        long newestStays = log.lines - 2; // the line before it says how many were dropped
        long dropped = Math.min(newestStays, Math.max(log.linesDropped, log.lines - limits.lines()));
        long left = log.logSize - work.session().number(SIZE, record.job, log.linesDropped, dropped + 1);
        while (left + limits.note(dropped).length() > limits.size() && dropped < newestStays) {
            List<Long> lengths = work.session().list(LENGTHS, row -> row.getLong(1), record.job, dropped + 1);
            for (long length : lengths) {
                if (left + limits.note(dropped).length() <= limits.size() || dropped == newestStays) {
                    break;
                }
                dropped++;
                left -= length;
            }
        }
        String note = limits.note(dropped);
        work.session().update(DROP, record.job, dropped);
        work.session().update(SAY, note, record.job, dropped + 1);
        log.linesDropped = dropped;
        log.logSize = left + note.length();
        work.touch(record);
    }

    private boolean isExceeded(JobColumns log) {
        return limits.areExceeded(log.lines - log.linesDropped, log.logSize);
    }
}

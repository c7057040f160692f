package dev.pawl.store.postgres.job;

import java.sql.SQLException;
import java.util.List;

/**
 * The limits of a job's log; the oldest lines are dropped first.
 *
 * @param lines the most lines
 * @param size the most characters of all lines together
 */
public record LogCap(int lines, long size) {

    public static final LogCap DEFAULT = new LogCap(100_000, 50L * 1024 * 1024);

    private static final String SIZE =
            "SELECT coalesce(sum(length(message)), 0)::bigint FROM log_lines WHERE job = ? AND n > ? AND n <= ?";
    private static final String LENGTHS =
            "SELECT length(message) FROM log_lines WHERE job = ? AND n > ? ORDER BY n LIMIT 1000";
    private static final String DROP = "DELETE FROM log_lines WHERE job = ? AND n <= ?";
    private static final String SAY =
            "UPDATE log_lines SET level = 'WARNING', task_index = -1, message = ? WHERE job = ? AND n = ?";

    /** Drops the oldest lines of a log that is too long; the oldest remaining line then says how many were dropped. */
    void trim(Work work, JobRecord record) throws SQLException {
        JobColumns log = record.now;
        if (!isExceeded(log) || log.linesDropped >= log.lines - 2) {
            return;
        }
        work.flush();
        long newestStays = log.lines - 2; // the line before it says how many were dropped
        long dropped = Math.min(newestStays, Math.max(log.linesDropped, log.lines - lines));
        long left = log.logSize - work.session().number(SIZE, record.job, log.linesDropped, dropped + 1);
        while (left + note(dropped).length() > size && dropped < newestStays) {
            List<Long> lengths = work.session().list(LENGTHS, row -> row.getLong(1), record.job, dropped + 1);
            for (long length : lengths) {
                if (left + note(dropped).length() <= size || dropped == newestStays) {
                    break;
                }
                dropped++;
                left -= length;
            }
        }
        String note = note(dropped);
        work.session().update(DROP, record.job, dropped);
        work.session().update(SAY, note, record.job, dropped + 1);
        log.linesDropped = dropped;
        log.logSize = left + note.length();
        work.touch(record);
    }

    private String note(long dropped) {
        return (dropped + 1) + " earlier lines were dropped: a log keeps its last " + lines + " lines and " + size
                + " characters.";
    }

    private boolean isExceeded(JobColumns log) {
        return log.lines - log.linesDropped > lines || log.logSize > size;
    }
}

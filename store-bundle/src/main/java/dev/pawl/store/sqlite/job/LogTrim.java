package dev.pawl.store.sqlite.job;

import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;

/** Drops the oldest lines of a log that became too long; the oldest that is left says how many are gone. */
final class LogTrim {

    private static final String SIZE = "SELECT sum(length(message)) FROM log_lines WHERE job = ? AND n > ? AND n <= ?";
    private static final String LENGTHS =
            "SELECT length(message) FROM log_lines WHERE job = ? AND n > ? ORDER BY n LIMIT 1000";
    private static final String DROP = "DELETE FROM log_lines WHERE job = ? AND n <= ?";
    private static final String SAY =
            "UPDATE log_lines SET level = 'WARNING', task_index = -1, message = ? WHERE job = ? AND n = ?";

    private LogTrim() {}

    /**
     * What there is of a log.
     *
     * @param last the number of its last line
     * @param dropped the number of the last line that is gone
     * @param size how many characters the others have
     */
    record Extent(long last, long dropped, long size) {
        boolean exceeds(LogCap cap) {
            return last - dropped > cap.lines() || size > cap.size();
        }
    }

    static Extent trim(Session session, long seq, Extent log, LogCap cap) throws SQLException {
        if (!log.exceeds(cap) || log.dropped() >= log.last() - 2) {
            return log;
        }
        long newestStays = log.last() - 2; // and before it one line says what is gone
        long dropped = Math.min(newestStays, Math.max(log.dropped(), log.last() - cap.lines()));
        long size = log.size() - session.number(SIZE, seq, log.dropped(), dropped + 1);
        while (size + note(dropped, cap).length() > cap.size() && dropped < newestStays) {
            long from = dropped;
            for (long length : session.list(LENGTHS, row -> row.getLong(1), seq, from + 1)) {
                if (size + note(dropped, cap).length() <= cap.size() || dropped == newestStays) {
                    break;
                }
                dropped++;
                size -= length;
            }
        }
        String note = note(dropped, cap);
        session.update(DROP, seq, dropped);
        session.update(SAY, note, seq, dropped + 1);
        return new Extent(log.last(), dropped, size + note.length());
    }

    private static String note(long dropped, LogCap cap) {
        return (dropped + 1) + " earlier lines are gone: a log keeps its last " + cap.lines() + " lines and "
                + cap.size() + " characters.";
    }
}

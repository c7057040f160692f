package dev.pawl.store.sqlite;

import java.sql.SQLException;

/** Drops the oldest lines of a log that became too long; the oldest that is left says how many are gone. */
final class LogTrim {

    private static final String SIZE = "SELECT sum(length(message)) FROM log_lines WHERE job = ? AND n > ? AND n <= ?";
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
        Extent left = log;
        while (left.exceeds(cap) && left.dropped() < left.last() - 2) {
            left = drop(session, seq, left, cap);
        }
        return left;
    }

    private static Extent drop(Session session, long seq, Extent log, LogCap cap) throws SQLException {
        long tooMany = Math.max(0, log.last() - log.dropped() - cap.lines());
        long dropped = Math.min(
                log.dropped() + tooMany + cap.step(),
                log.last() - 2); // the newest line stays, and one says what is gone
        String note = (dropped + 1) + " earlier lines are gone: a log keeps its last " + cap.lines() + " lines and "
                + cap.size() + " characters.";
        long gone = session.number(SIZE, seq, log.dropped(), dropped + 1);
        session.update(DROP, seq, dropped);
        session.update(SAY, note, seq, dropped + 1);
        return new Extent(log.last(), dropped, log.size() - gone + note.length());
    }
}

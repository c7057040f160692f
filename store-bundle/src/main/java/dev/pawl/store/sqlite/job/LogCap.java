package dev.pawl.store.sqlite.job;

import dev.pawl.store.kit.LogLimits;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Drops the oldest lines of a job's log that is beyond its limits. */
public record LogCap(LogLimits limits) {

    public static final LogCap DEFAULT = new LogCap(LogLimits.DEFAULT);

    private static final String SIZE = "SELECT sum(length(message)) FROM log_lines WHERE job = ? AND n > ? AND n <= ?";
    private static final String LENGTHS =
            "SELECT length(message) FROM log_lines WHERE job = ? AND n > ? ORDER BY n LIMIT 1000";
    private static final String DROP = "DELETE FROM log_lines WHERE job = ? AND n <= ?";
    private static final String SAY =
            "UPDATE log_lines SET level = 'WARNING', task_index = -1, message = ? WHERE job = ? AND n = ?";

    /** Reads the framework's properties, with their defaults. */
    public static LogCap of(Function<String, @Nullable String> properties) {
        return new LogCap(LogLimits.of(properties::apply));
    }

    /**
     * The extent of a log.
     *
     * @param last the number of its last line
     * @param dropped the number of the last dropped line
     * @param size the number of characters in the remaining lines
     */
    record Extent(long last, long dropped, long size) {

        /** A log without a line. */
        static final Extent EMPTY = new Extent(0, 0, 0);
    }

    /** Drops the oldest lines of a log that is too long; the oldest remaining line then says how many were dropped. */
    Extent trim(Session session, long seq, Extent log) throws SQLException {
        if (!isExceeded(log) || log.dropped() >= log.last() - 2) {
            return log;
        }
        long newestStays = log.last() - 2; // the line before it says how many were dropped
        long dropped = Math.min(newestStays, Math.max(log.dropped(), log.last() - limits.lines()));
        long left = log.size() - session.number(SIZE, seq, log.dropped(), dropped + 1);
        while (left + limits.note(dropped).length() > limits.size() && dropped < newestStays) {
            long from = dropped;
            for (long length : session.list(LENGTHS, row -> row.getLong(1), seq, from + 1)) {
                if (left + limits.note(dropped).length() <= limits.size() || dropped == newestStays) {
                    break;
                }
                dropped++;
                left -= length;
            }
        }
        String note = limits.note(dropped);
        session.update(DROP, seq, dropped);
        session.update(SAY, note, seq, dropped + 1);
        return new Extent(log.last(), dropped, left + note.length());
    }

    private boolean isExceeded(Extent log) {
        return limits.areExceeded(log.last() - log.dropped(), log.size());
    }
}

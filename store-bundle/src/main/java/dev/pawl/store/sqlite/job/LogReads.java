package dev.pawl.store.sqlite.job;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogFilter;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.kit.LogConditions;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads of the logs of jobs. */
public final class LogReads {

    private static final String EXTENT = "SELECT seq, lines, lines_dropped FROM jobs WHERE id = ?";
    private static final String OF_JOB = "FROM log_lines l WHERE l.job = ?";
    private static final String LIKE = "LIKE"; // ignores the case of the letters of ASCII
    private static final String COLUMNS = "SELECT l.n, l.at, l.level, l.message, l.task_index, l.epoch ";
    private static final String LINES = """
            SELECT l.n, l.at, l.level, l.message, l.task_index, l.epoch FROM log_lines l \
            WHERE l.job = (SELECT seq FROM jobs WHERE id = ?) \
            """;
    private static final String LAST_LINES = LINES + "ORDER BY l.n DESC LIMIT ?";
    private static final String LINES_AFTER = LINES + "AND l.n > ? ORDER BY l.n LIMIT ?";

    private LogReads() {}

    public static List<LogEntry> last(Session session, UUID job, int limit) throws SQLException {
        return reversed(lines(session, LAST_LINES, JobIds.bytes(job), limit));
    }

    public static List<LogEntry> after(Session session, UUID job, long after, int limit) throws SQLException {
        return lines(session, LINES_AFTER, JobIds.bytes(job), after, limit);
    }

    public static LogLines selected(Session session, UUID job, LogFilter filter) throws SQLException {
        return session.atOneMoment(moment -> {
            Optional<Extent> extent = moment.first(EXTENT, Extent::read, JobIds.bytes(job));
            return extent.isEmpty() ? LogLines.NONE : selected(moment, extent.get(), filter);
        });
    }

    private static LogLines selected(Session session, Extent log, LogFilter filter) throws SQLException {
        LogConditions content = LogConditions.ofContent(OF_JOB, log.seq(), LIKE, filter);
        LogConditions all = content.andNumbers(filter);
        boolean forward = filter.after() != null;
        List<LogEntry> found = lines(
                session,
                COLUMNS + all.sql() + (forward ? " ORDER BY l.n LIMIT ?" : " ORDER BY l.n DESC LIMIT ?"),
                all.givenAnd(filter.limit()));
        long total = log.last() - log.dropped();
        return new LogLines(
                forward ? found : reversed(found),
                total,
                filter.isByContent() ? session.number("SELECT count(*) " + content.sql(), content.given()) : total,
                log.dropped());
    }

    public static List<Long> matchesByPart(Session session, UUID job, LogFilter filter, int parts) throws SQLException {
        List<Long> counts = new ArrayList<>(Collections.nCopies(parts, 0L));
        for (Part part : session.<List<Part>>atOneMoment(moment -> {
            Optional<Extent> extent = moment.first(EXTENT, Extent::read, JobIds.bytes(job));
            return extent.isEmpty() ? List.of() : parts(moment, extent.get(), filter, parts);
        })) {
            counts.set(part.at(), part.count());
        }
        return List.copyOf(counts);
    }

    private static List<Part> parts(Session session, Extent log, LogFilter filter, int parts) throws SQLException {
        LogConditions content = LogConditions.ofContent(OF_JOB, log.seq(), LIKE, filter);
        List<Object> values = new ArrayList<>(List.of(log.dropped(), (long) parts, log.last() - log.dropped()));
        values.addAll(content.values());
        return session.list(
                "SELECT (l.n - ? - 1) * ? / ? AS part, count(*) " + content.sql() + " GROUP BY part",
                row -> new Part(row.getInt(1), row.getLong(2)),
                values.toArray());
    }

    private static List<LogEntry> reversed(List<LogEntry> latestFirst) {
        List<LogEntry> inOrder = new ArrayList<>(latestFirst);
        Collections.reverse(inOrder);
        return inOrder;
    }

    private static List<LogEntry> lines(Session session, String sql, Object... values) throws SQLException {
        return session.listUpTo(
                JobStore.PAGE_CHARACTERS, (line, at) -> line.message().length(), sql, LogReads::line, values);
    }

    private static LogEntry line(ResultSet row) throws SQLException {
        return new LogEntry(
                row.getLong(1),
                Micros.read(row, 2),
                LogLevel.valueOf(row.getString(3)),
                row.getString(4),
                row.getInt(5),
                row.getLong(6));
    }

    private record Part(int at, long count) {}

    private record Extent(long seq, long last, long dropped) {

        static Extent read(ResultSet row) throws SQLException {
            return new Extent(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }
}

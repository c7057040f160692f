package dev.pawl.store.sqlite.job;

import dev.pawl.service.store.JobMinute;
import dev.pawl.store.kit.MinuteText;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of what happened to jobs minute by minute. */
public final class MinuteRows {

    private static final String COLUMNS =
            "SELECT minute, added, started, completed, failed, stopped, waiting, running, waits, runs FROM job_minutes ";
    private static final String ONE = COLUMNS + "WHERE minute = ?";
    private static final String BEFORE = COLUMNS + "WHERE minute < ? ORDER BY minute DESC LIMIT 1";
    private static final String BETWEEN = COLUMNS + "WHERE minute >= ? AND minute < ? ORDER BY minute";
    private static final String PUT = "INSERT OR REPLACE INTO job_minutes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String REMOVE = """
            DELETE FROM job_minutes WHERE minute IN (SELECT minute FROM job_minutes WHERE minute < ? ORDER BY minute LIMIT ?)\
            """;

    private MinuteRows() {}

    /** Adds counts to the row of their minute, which may have some from before a restart. */
    public static void add(Session session, JobMinute counted) throws SQLException {
        JobMinute all = session.first(ONE, MinuteRows::read, MinuteText.minute(counted.at()))
                .map(before -> MinuteText.sum(before, counted))
                .orElse(counted);
        session.update(
                PUT,
                MinuteText.minute(all.at()),
                all.added(),
                all.started(),
                all.completed(),
                all.failed(),
                all.stopped(),
                all.waiting(),
                all.running(),
                MinuteText.text(all.waits()),
                MinuteText.text(all.runs()));
    }

    /** The minutes that begin in a span of time, in order; before them the last earlier one. */
    public static List<JobMinute> read(Session session, Instant from, Instant until) throws SQLException {
        return session.atOneMoment(moment -> {
            List<JobMinute> minutes =
                    new ArrayList<>(before(moment, from).stream().toList());
            minutes.addAll(between(moment, from, until));
            return minutes;
        });
    }

    private static List<JobMinute> between(Session session, Instant from, Instant until) throws SQLException {
        return session.list(BETWEEN, MinuteRows::read, MinuteText.minuteFrom(from), MinuteText.minuteFrom(until));
    }

    private static Optional<JobMinute> before(Session session, Instant time) throws SQLException {
        return session.first(BEFORE, MinuteRows::read, MinuteText.minuteFrom(time));
    }

    /** Removes the rows of minutes that begin before a time, oldest first; returns their number. */
    public static int removeBefore(Session session, Instant time, int most) throws SQLException {
        return session.update(REMOVE, MinuteText.minuteFrom(time), most);
    }

    private static JobMinute read(ResultSet row) throws SQLException {
        return new JobMinute(
                MinuteText.begin(row.getLong(1)),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                MinuteText.counts(row.getString(9)),
                MinuteText.counts(row.getString(10)));
    }
}

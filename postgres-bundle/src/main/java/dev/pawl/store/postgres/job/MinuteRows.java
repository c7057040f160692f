package dev.pawl.store.postgres.job;

import dev.pawl.service.store.JobMinute;
import dev.pawl.store.kit.MinuteText;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows of what happened to jobs minute by minute, in which all servers count together. */
public final class MinuteRows {

    private static final String COLUMNS =
            "SELECT minute, added, started, completed, failed, stopped, waiting, running, waits, runs FROM job_minutes ";
    private static final String ONE = COLUMNS + "WHERE minute = ? FOR UPDATE";
    private static final String BEFORE = COLUMNS + "WHERE minute < ? ORDER BY minute DESC LIMIT 1";
    private static final String BETWEEN = COLUMNS + "WHERE minute >= ? AND minute < ? ORDER BY minute";
    private static final String DELETE = "DELETE FROM job_minutes WHERE minute = ?";
    private static final String PUT =
            "INSERT INTO job_minutes (minute, added, started, completed, failed, stopped, waiting, running, waits, runs) "
                    + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String REMOVE =
            "DELETE FROM job_minutes WHERE minute IN (SELECT minute FROM job_minutes WHERE minute < ? ORDER BY minute LIMIT ?)";

    private MinuteRows() {}

    /** Adds the minute of a process that is over, if one is. */
    static void addOver(Work work) throws SQLException {
        JobMinute over = work.minutes().over();
        if (over != null) {
            add(work.session(), over);
        }
    }

    /** Adds all minutes of a process that have no row yet; it goes. */
    public static boolean addAll(Work work) throws SQLException {
        JobMinute all = work.minutes().all();
        if (all != null) {
            add(work.session(), all);
            work.changed();
        }
        return true;
    }

    /** Adds counts to the row of their minute, which may have some of other servers, or from before a restart. */
    static void add(Session session, JobMinute counted) throws SQLException {
        long minute = MinuteText.minute(counted.at());
        JobMinute all = session.first(ONE, MinuteRows::read, minute)
                .map(before -> MinuteText.sum(before, counted))
                .orElse(counted);
        session.update(DELETE, minute);
        session.update(
                PUT,
                minute,
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
                    new ArrayList<>(moment.first(BEFORE, MinuteRows::read, MinuteText.minuteFrom(from)).stream()
                            .toList());
            minutes.addAll(
                    moment.list(BETWEEN, MinuteRows::read, MinuteText.minuteFrom(from), MinuteText.minuteFrom(until)));
            return minutes;
        });
    }

    /** Removes the rows of minutes that begin before a time, oldest first; returns their number. */
    public static int removeBefore(Work work, Instant time, int most) throws SQLException {
        int removed = work.session().update(REMOVE, MinuteText.minuteFrom(time), most);
        work.changed();
        return removed;
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

package dev.pawl.store.sqlite.job;

import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Determines the last known sign of a run whose process or worker is gone. The time from then until its end was noticed does not count as
 * run time.
 */
final class LastSeen {

    private static final String LAST_LINE =
            "SELECT at FROM log_lines WHERE job = ?1 AND n = (SELECT lines FROM jobs WHERE seq = ?1) AND epoch = ?2";
    private static final String LAST_RESULT =
            "SELECT at FROM results WHERE job = ?1 AND n = (SELECT results FROM jobs WHERE seq = ?1)";

    /** The run time at its last write, minus that of the job's former runs. */
    private static final String ELAPSED = """
            SELECT elapsed_ns / 1000 - (SELECT coalesce(sum(ended_at - started_at), 0) FROM former_runs WHERE job = jobs.seq) \
            FROM jobs WHERE seq = ?\
            """;

    private static final String STARTED =
            "SELECT coalesce(run_started_at, started_at, created_at) FROM jobs WHERE seq = ?";

    private LastSeen() {}

    /** The time of the last sign of a job's latest run, between its start and now. */
    static Instant last(Session session, long seq, long epoch, Instant now) throws SQLException {
        long started = session.number(STARTED, seq);
        long last = started + Math.max(0, session.number(ELAPSED, seq));
        last = Math.max(last, session.number(LAST_LINE, seq, epoch));
        last = Math.max(last, session.number(LAST_RESULT, seq));
        return Micros.instant(Math.min(last, Math.max(started, Micros.of(now))));
    }
}

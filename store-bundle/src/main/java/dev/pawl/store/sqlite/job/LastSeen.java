package dev.pawl.store.sqlite.job;

import dev.pawl.store.sqlite.engine.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;

/** When a run that ended without a word was last heard of: no later is known, and the time until it was found ended is nobody's. */
final class LastSeen {

    private static final String LAST_LINE =
            "SELECT at FROM log_lines WHERE job = ?1 AND n = (SELECT lines FROM jobs WHERE seq = ?1) AND epoch = ?2";
    private static final String LAST_RESULT =
            "SELECT at FROM results WHERE job = ?1 AND n = (SELECT results FROM jobs WHERE seq = ?1)";

    /** How long it had been running at its last write, as far as the former runs leave that to it. */
    private static final String ELAPSED = """
            SELECT elapsed_ns / 1000 - (SELECT coalesce(sum(ended_at - started_at), 0) FROM former_runs WHERE job = jobs.seq) \
            FROM jobs WHERE seq = ?\
            """;

    private static final String STARTED =
            "SELECT coalesce(run_started_at, started_at, created_at) FROM jobs WHERE seq = ?";

    private LastSeen() {}

    /** The last one of a job's latest run, from its start until now. */
    static Instant last(Session session, long seq, long epoch, Instant now) throws SQLException {
        long started = session.number(STARTED, seq);
        long last = started + Math.max(0, session.number(ELAPSED, seq));
        last = Math.max(last, session.number(LAST_LINE, seq, epoch));
        last = Math.max(last, session.number(LAST_RESULT, seq));
        return Micros.instant(Math.min(last, Math.max(started, Micros.of(now))));
    }
}

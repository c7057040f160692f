package dev.pawl.store.postgres.job;

import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Determines the last known sign of a run whose process or worker is gone. The time from then until its end was noticed does not count as
 * run time.
 */
final class LastSeen {

    private static final String FORMER =
            "SELECT coalesce(sum(ended_at - started_at), 0)::bigint FROM former_runs WHERE job = ?";
    private static final String LAST_LINE = "SELECT at FROM log_lines WHERE job = ? AND n = ? AND epoch = ?";
    private static final String LAST_RESULT = "SELECT at FROM results WHERE job = ? AND n = ?";

    private LastSeen() {}

    /** The time of the last sign of a job's latest run, between its start and now. */
    static Instant last(Work work, JobRecord record) throws SQLException {
        JobColumns now = record.now;
        Session session = work.session();
        Long began = now.runStartedAt == null ? now.startedAt : now.runStartedAt;
        long started = began == null ? record.createdAt : began;
        long ran = now.elapsedNs / 1_000 - session.number(FORMER, record.job);
        long last = started + Math.max(0, ran);
        last = Math.max(last, session.number(LAST_LINE, record.job, now.lines, now.epoch));
        last = Math.max(last, session.number(LAST_RESULT, record.job, now.results));
        return Micros.instant(Math.min(last, Math.max(started, Micros.of(work.now()))));
    }
}

package dev.pawl.store.sqlite.job;

import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Adjusts the due times of jobs that wait for a retry after the clock was set. */
public final class WaitingRetries {

    private static final String WAITING = " WHERE status = 'pending' AND due_at IS NOT NULL AND parked = 'retry'";
    private static final String MOVE = "UPDATE jobs INDEXED BY jobs_scheduled SET due_at = due_at + ?" + WAITING;
    private static final String LATER = """
            SELECT j.seq, coalesce(json_extract(coalesce(j.request, r.body), '$.retry.max_backoff'), 'PT720H') \
            FROM jobs j INDEXED BY jobs_scheduled LEFT JOIN requests r ON r.job = j.seq WHERE j.status = 'pending' AND j.due_at > ? AND j.parked = 'retry'\
            """;
    private static final String BRING_FORWARD = "UPDATE jobs SET due_at = min(due_at, ?) WHERE seq = ?";

    private WaitingRetries() {}

    private record Later(long seq, Duration longest) {}

    public static int move(Session session, Duration by) throws SQLException {
        return session.update(MOVE, by.toNanos() / 1_000);
    }

    /** Limits the remaining wait of each job to its policy's longest pause. */
    public static void bound(Session session, Instant now) throws SQLException {
        for (Later retry : session.list(
                LATER, row -> new Later(row.getLong(1), Duration.parse(row.getString(2))), Micros.of(now))) {
            session.update(BRING_FORWARD, Micros.of(now.plus(retry.longest())), retry.seq());
        }
    }
}

package dev.pawl.store.sqlite.job;

import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.UUID;

/** Small changes to a job, each a single statement. */
public final class JobChanges {

    private static final String MAKE_DUE = "UPDATE jobs SET due_at = NULL WHERE id = ? AND status = 'pending'";
    private static final String REMOVE = "DELETE FROM jobs WHERE id = ? AND status <> 'running'";
    private static final String REMOVE_PENDING = "DELETE FROM jobs INDEXED BY jobs_queue WHERE status = 'pending'";

    private JobChanges() {}

    public static boolean makeDue(Session session, UUID job) throws SQLException {
        return session.update(MAKE_DUE, JobIds.bytes(job)) > 0;
    }

    /** Removes a job; its log and results are removed by the foreign keys. */
    public static boolean remove(Session session, UUID job) throws SQLException {
        return session.update(REMOVE, JobIds.bytes(job)) > 0;
    }

    public static int removePending(Session session) throws SQLException {
        return session.update(REMOVE_PENDING);
    }
}

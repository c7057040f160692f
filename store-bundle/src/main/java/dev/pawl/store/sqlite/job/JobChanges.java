package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Small changes to jobs. */
public final class JobChanges {

    private static final String MAKE_DUE = "UPDATE jobs SET due_at = NULL WHERE id = ? AND status = 'pending'";
    private static final String STATUS = "SELECT status FROM jobs WHERE id = ?";
    private static final String REMOVE = "DELETE FROM jobs WHERE id = ?";
    private static final String REMOVE_PENDING = "DELETE FROM jobs INDEXED BY jobs_queue WHERE status = 'pending'";

    private JobChanges() {}

    public static boolean makeDue(Session session, UUID job) throws SQLException {
        boolean waited = session.update(MAKE_DUE, JobIds.bytes(job)) > 0;
        if (waited) {
            WaitRows.remove(session, job);
        }
        return waited;
    }

    /** Removes a job; its log and results are removed by the foreign keys. */
    public static boolean remove(Session session, UUID job, LiveJobs live) throws SQLException {
        byte[] id = JobIds.bytes(job);
        Optional<JobStatus> status = session.first(STATUS, row -> StatusText.status(row.getString(1)), id);
        if (status.isEmpty() || status.get() == JobStatus.RUNNING) {
            return false;
        }
        if (!status.get().isFinal()) {
            live.waits().removed(session, job, live.now());
        }
        Job removed = find(session, job);
        session.update(REMOVE, id);
        live.changes().removed(job, removed);
        live.counts().removed(status.get(), 1);
        return true;
    }

    /** The job, for whoever follows; null when it cannot be read, which must not keep it from being removed. */
    private static @Nullable Job find(Session session, UUID job) throws SQLException {
        try {
            return JobReads.find(session, job).orElse(null);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    public static int removePending(Session session, JobCounts counts) throws SQLException {
        int removed = session.update(REMOVE_PENDING);
        counts.removed(JobStatus.PENDING, removed);
        return removed;
    }
}

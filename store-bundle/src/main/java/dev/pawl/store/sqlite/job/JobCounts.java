package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a transaction makes to the numbers of jobs by status. Every change of a job's status is reported here, and the rows with
 * the numbers are written once a transaction. Used by the writer's thread alone, except for {@link #known}, which any thread may ask without
 * a read of the store.
 */
public final class JobCounts {

    private static final String CHANGE = "UPDATE job_counts SET jobs = jobs + ? WHERE status = ?";

    private final Map<JobStatus, Long> changes = new EnumMap<>(JobStatus.class);
    private @Nullable Map<JobStatus, Long>
            before; // the rows as the last commit left them; null when they may be others
    private @Nullable Map<JobStatus, Long> written; // the rows as this transaction leaves them
    private volatile Map<JobStatus, Long> known = Map.of();

    JobCounts() {}

    /** Jobs are new in a status. */
    public void added(JobStatus status, long jobs) {
        changes.merge(status, jobs, Long::sum);
    }

    /** Jobs are gone. */
    public void removed(JobStatus status, long jobs) {
        added(status, -jobs);
    }

    void moved(JobStatus from, JobStatus to) {
        removed(from, 1);
        added(to, 1);
    }

    /** The numbers as the last commit left them; empty before the first one. */
    public Map<JobStatus, Long> known() {
        return known;
    }

    /** Writes the changes to the rows. */
    void write(Session session) throws SQLException {
        for (Map.Entry<JobStatus, Long> change : changes.entrySet()) {
            if (change.getValue() != 0) {
                session.update(CHANGE, change.getValue(), change.getKey().wireName());
            }
        }
        written = before == null ? JobReads.counts(session) : changed(before);
        changes.clear();
    }

    private Map<JobStatus, Long> changed(Map<JobStatus, Long> from) {
        if (changes.isEmpty()) {
            return from;
        }
        Map<JobStatus, Long> after = new EnumMap<>(JobStatus.class);
        after.putAll(from);
        changes.forEach((status, jobs) -> after.merge(status, jobs, Long::sum));
        return after;
    }

    /** The transaction that was written last is on disk. */
    void committed() {
        Map<JobStatus, Long> now = written;
        if (now != null) {
            before = now;
            known = now;
        }
    }

    /** Drops the changes, which are undone; the next transaction reads the rows, which another program may have changed. */
    void forget() {
        changes.clear();
        before = null;
        written = null;
    }
}

package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The changes that a transaction makes to the numbers of jobs by status. Every change of a job's status is reported here, and the rows with
 * the numbers are written once a transaction. Used by the writer's thread alone.
 */
public final class JobCounts {

    private static final String CHANGE = "UPDATE job_counts SET jobs = jobs + ? WHERE status = ?";

    private final Map<JobStatus, Long> changes = new EnumMap<>(JobStatus.class);

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

    /** Writes the changes to the rows. */
    void write(Session session) throws SQLException {
        for (Map.Entry<JobStatus, Long> change : changes.entrySet()) {
            if (change.getValue() != 0) {
                session.update(CHANGE, change.getValue(), change.getKey().wireName());
            }
        }
        forget();
    }

    /** Drops the changes, which are written or undone. */
    void forget() {
        changes.clear();
    }
}

package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Change;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes some ended jobs in a transaction short enough that no other write waits for long: a job with a long log or many results is removed piece
 * by piece, and the remaining part is consistent at every moment. Jobs that another server is just removing are passed over.
 */
public final class PurgeStep implements Change<PurgeStep.Done> {

    private static final int MOST_ROWS = 1_000;

    private static final String LOCK =
            "SELECT job, coalesce(lines, 0), coalesce(lines_dropped, 0), coalesce(results, 0) FROM ended "
                    + "WHERE job = ANY (?) AND status = ?::\"char\" AND completed_at < ? ORDER BY job LIMIT ? FOR UPDATE SKIP LOCKED";
    private static final String CUT_LOG = "DELETE FROM log_lines WHERE job = ? AND n <= ?";
    private static final String LOG_CUT = "UPDATE ended SET lines_dropped = ? WHERE job = ?";
    private static final String CUT_RESULTS = "DELETE FROM results WHERE job = ? AND n > ?";
    private static final String RESULTS_CUT = "UPDATE ended SET results = ?, final_results = ? WHERE job = ?";
    private static final String REMOVE = "DELETE FROM ended WHERE job = ANY (?)";

    private final Work work;
    private final List<Long> jobs;
    private final JobStatus status;
    private final Instant endedBefore;

    /**
     * The result of a step.
     *
     * @param last the number of the last job that was looked at
     * @param removed the number of jobs that were removed
     */
    public record Done(long last, int removed) {}

    private record Size(long job, long lines, long dropped, long results) {

        long rows() {
            return lines - dropped + results;
        }
    }

    /**
     * A step.
     *
     * @param jobs numbers of jobs, of which it removes the first; at least one
     * @param endedBefore the time by the clock of the store
     */
    public PurgeStep(Work work, List<Long> jobs, JobStatus status, Instant endedBefore) {
        this.work = work;
        this.jobs = List.copyOf(jobs);
        this.status = status;
        this.endedBefore = endedBefore;
    }

    @Override
    public Done make() throws SQLException {
        work.flush();
        long end = jobs.get(jobs.size() - 1);
        List<Size> found = work.session()
                .list(
                        LOCK,
                        PurgeStep::size,
                        SqlArray.numbers(jobs),
                        status.wireName(),
                        Micros.of(endedBefore),
                        MOST_ROWS);
        List<Long> removed = new ArrayList<>();
        long left = MOST_ROWS;
        long last = found.size() < MOST_ROWS ? end : found.get(found.size() - 1).job();
        for (Size size : found) {
            if (size.rows() >= left) {
                if (removed.isEmpty()) {
                    cut(work.session(), size);
                }
                last = size.job() - 1;
                break;
            }
            left -= size.rows() + 1;
            removed.add(size.job());
        }
        if (!found.isEmpty()) {
            work.changed();
        }
        if (!removed.isEmpty()) {
            removed.forEach(work.rows()::removed);
            work.rows().other(new SqlCall(REMOVE, SqlArray.numbers(removed)));
            work.counts().added(status, -removed.size());
            work.flush();
        }
        return new Done(last, removed.size());
    }

    private static void cut(Session session, Size size) throws SQLException {
        if (size.lines() > size.dropped()) {
            long last = Math.min(size.lines(), size.dropped() + MOST_ROWS);
            session.update(CUT_LOG, size.job(), last);
            session.update(LOG_CUT, last, size.job());
        } else {
            long last = Math.max(0, size.results() - MOST_ROWS);
            session.update(CUT_RESULTS, size.job(), last);
            session.update(RESULTS_CUT, last, last, size.job());
        }
    }

    private static Size size(ResultSet row) throws SQLException {
        return new Size(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
}

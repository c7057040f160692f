package dev.pawl.store.sqlite.job;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.RunId;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The rows of running jobs as the writer last wrote them, so that a write of a run need not read its row. Each is read when it is first
 * needed. Used by the writer's thread alone.
 */
final class KnownRuns {

    private static final String RUNNING_HERE =
            "SELECT count(*) FROM jobs INDEXED BY jobs_running WHERE status = 'running' AND leased_until IS NULL";

    private static final long UNKNOWN = -1;

    private final Map<UUID, RunRow> rows = new HashMap<>();
    private long here = UNKNOWN;

    /** The row of the job. */
    RunRow find(Session session, RunId run) throws SQLException {
        RunRow known = rows.get(run.job());
        if (known != null) {
            return known;
        }
        return session.first(RunRow.SELECT, RunRow::read, JobIds.bytes(run.job()))
                .orElseThrow(() -> new StaleRunException(
                        "Run " + run.epoch() + " of job " + run.job() + " was refused: the job no longer exists."));
    }

    /** Notes that a waiting job, or a new one, runs now. */
    void began(UUID job, RunRow row) {
        rows.put(job, row);
        if (here != UNKNOWN && row.isHere()) {
            here++;
        }
    }

    /** Notes that another job waits for one. */
    void awaited(UUID job) {
        rows.computeIfPresent(job, (id, row) -> row.awaited());
    }

    /** Notes a job's row as it is after a write. */
    void wrote(UUID job, RunRow before, RunRow after) {
        if (after.status() == JobStatus.RUNNING) {
            rows.put(job, after);
        } else {
            rows.remove(job);
            if (here != UNKNOWN && before.status() == JobStatus.RUNNING && before.isHere()) {
                here--;
            }
        }
    }

    /** The number of jobs that run in this process. */
    long here(Session session) throws SQLException {
        if (here == UNKNOWN) {
            here = session.number(RUNNING_HERE);
        }
        return here;
    }

    void forget() {
        rows.clear();
        here = UNKNOWN;
    }
}

package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of jobs by status. No row holds them, on which the commits of all servers would wait for each other: each transaction adds a row
 * with what it changed, and their sum counts. A server folds its own rows into one now and then. Used by the writer's thread alone.
 */
public final class Counts {

    private static final String SUMS = "coalesce(sum(pending), 0)::bigint, coalesce(sum(running), 0)::bigint, "
            + "coalesce(sum(completed), 0)::bigint, coalesce(sum(failed), 0)::bigint, coalesce(sum(stopped), 0)::bigint";
    private static final String ADD =
            "INSERT INTO commits (owner, n, pending, running, completed, failed, stopped) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String FOLD = "WITH gone AS (DELETE FROM commits WHERE owner = ? AND n > ? AND n < ? "
            + "RETURNING pending, running, completed, failed, stopped) "
            + "INSERT INTO commits AS c (owner, n, pending, running, completed, failed, stopped) SELECT ?, 0, " + SUMS
            + " FROM gone ON CONFLICT (owner, n) DO UPDATE SET pending = c.pending + excluded.pending, running = c.running + excluded.running, "
            + "completed = c.completed + excluded.completed, failed = c.failed + excluded.failed, stopped = c.stopped + excluded.stopped";

    /** The number of rows that a server leaves before it folds them. */
    private static final int FOLDED = 256;

    /** The last transaction whose row was folded, before which somebody's open transaction keeps the rows. */
    private long folded;

    private long folding; // the same, when this transaction is committed
    private final CommitSums sums;
    private final Map<JobStatus, Long> changes = new EnumMap<>(JobStatus.class);
    private @Nullable Map<JobStatus, Long> before;

    /** Counts on from the sums of all rows. */
    Counts(CommitSums sums) {
        this.sums = sums;
    }

    void added(JobStatus status, long jobs) {
        changes.merge(status, jobs, Long::sum);
    }

    void moved(JobStatus from, JobStatus to) {
        added(from, -1);
        added(to, 1);
    }

    /** Reads the numbers when they are not known. */
    void know(Session session) throws SQLException {
        if (before == null) {
            before = sums.read(session);
        }
    }

    /** Adds the row of a transaction, which also proves that it was committed. */
    void write(long owner, long group, List<SqlCall> calls) {
        if (group % FOLDED == 0) {
            calls.add(new SqlCall(FOLD, owner, folded, group, owner));
            folding = group - 1;
        }
        calls.add(new SqlCall(
                ADD,
                owner,
                group,
                change(JobStatus.PENDING),
                change(JobStatus.RUNNING),
                change(JobStatus.COMPLETED),
                change(JobStatus.FAILED),
                change(JobStatus.STOPPED)));
    }

    private long change(JobStatus status) {
        return changes.getOrDefault(status, 0L);
    }

    void committed() {
        folded = Math.max(folded, folding);
        Map<JobStatus, Long> after = before;
        if (after != null) {
            changes.forEach((status, jobs) -> after.merge(status, jobs, Long::sum));
        }
        changes.clear();
    }

    /** The numbers as this process knows them: what other servers changed since it read them is missing. */
    Map<JobStatus, Long> known() {
        return before == null ? Map.of() : before;
    }

    void forget() {
        folded = 0;
        folding = 0;
        changes.clear();
        before = null;
    }
}

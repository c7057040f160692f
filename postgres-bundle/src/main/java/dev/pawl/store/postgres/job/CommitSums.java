package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The sums of the rows of {@link Counts}. The rows of a server that were folded lie before those that are there, and somebody's open transaction
 * keeps them: a read begins where the last one has found the first row, since no row comes back. Safe for many threads.
 */
public final class CommitSums {

    private static final String OWNERS =
            "WITH RECURSIVE owners (owner) AS ((SELECT owner FROM commits ORDER BY owner LIMIT 1) UNION ALL "
                    + "SELECT n.owner FROM owners CROSS JOIN LATERAL (SELECT c.owner FROM commits c "
                    + "WHERE c.owner > owners.owner ORDER BY c.owner LIMIT 1) n) ";
    private static final String ROWS = "SELECT c.n, c.pending, c.running, c.completed, c.failed, c.stopped "
            + "FROM commits c WHERE c.owner = owners.owner AND c.n ";
    private static final String READ = OWNERS + "SELECT owners.owner, s.* FROM owners "
            + "LEFT JOIN unnest(?::bigint[], ?::bigint[]) AS known (owner, n) ON known.owner = owners.owner "
            + "CROSS JOIN LATERAL (SELECT min(e.n) FILTER (WHERE e.n > 0), sum(e.pending)::bigint, sum(e.running)::bigint, "
            + "sum(e.completed)::bigint, sum(e.failed)::bigint, sum(e.stopped)::bigint FROM ("
            + ROWS + "= 0 UNION ALL " + ROWS + ">= coalesce(known.n, 1)) e) s";

    private static final JobStatus[] ORDER = {
        JobStatus.PENDING, JobStatus.RUNNING, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.STOPPED
    };

    /** The number of the first row of each server but row 0, as the last read has found it. */
    private volatile Map<Long, Long> first = Map.of();

    /** The numbers of all jobs by status. */
    public Map<JobStatus, Long> read(Session session) throws SQLException {
        Map<Long, Long> before = first;
        Map<Long, Long> after = new HashMap<>();
        Map<JobStatus, Long> sums = new EnumMap<>(JobStatus.class);
        for (JobStatus status : ORDER) {
            sums.put(status, 0L);
        }
        session.list(
                READ,
                row -> {
                    long n = row.getLong(2);
                    if (!row.wasNull()) {
                        after.put(row.getLong(1), n);
                    }
                    for (int i = 0; i < ORDER.length; i++) {
                        sums.merge(ORDER[i], row.getLong(3 + i), Long::sum);
                    }
                    return n;
                },
                SqlArray.numbers(before.keySet()),
                SqlArray.numbers(before.values()));
        found(before, Map.copyOf(after));
        return sums;
    }

    /** Notes what was found, unless what the read began with was forgotten meanwhile. */
    private synchronized void found(Map<Long, Long> before, Map<Long, Long> after) {
        first = first == before ? after : first;
    }

    /** Forgets what was found, since another database may have taken over, whose rows are not folded yet. */
    synchronized void forget() {
        first = new HashMap<>(); // another object, which is not what any read has begun with
    }
}

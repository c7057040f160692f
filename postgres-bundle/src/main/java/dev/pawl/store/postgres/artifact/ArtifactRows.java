package dev.pawl.store.postgres.artifact;

import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.ArtifactTotals;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of artifacts. That the artifacts of a job were removed is remembered by a trigger, whatever removes them. */
public final class ArtifactRows {

    /** The number of rows that one transaction removes, about. */
    private static final long MOST_REMOVED = 2_000;

    private static final String SELECT = "SELECT path, file, size, content_type, sha256, task_index, at FROM artifacts "
            + "WHERE job = (SELECT job FROM jobs WHERE id = ?) ";
    private static final String FIND = SELECT + "AND path = ?";
    private static final String LIST = SELECT + "AND path > ? ORDER BY path LIMIT ?";
    private static final String TOTALS =
            "SELECT files, bytes FROM artifact_sets WHERE job = (SELECT job FROM jobs WHERE id = ?)";
    private static final String BYTES = "SELECT coalesce(sum(bytes), 0)::bigint FROM artifact_sets";
    private static final String JOBS = "SELECT folder FROM artifact_sets";
    private static final String OLDEST = "SELECT s.job, s.files, s.bytes FROM artifact_sets s "
            + "JOIN ended e ON e.job = s.job ORDER BY e.completed_at, e.job LIMIT ?";
    private static final String REMOVE = "DELETE FROM artifact_sets WHERE job = ANY (?) RETURNING folder";
    private static final String REMOVE_BY_ID =
            "DELETE FROM artifact_sets WHERE job IN (SELECT job FROM jobs WHERE id = ANY (?))";
    private static final String REMOVED = "SELECT folder FROM removed_artifacts ORDER BY folder LIMIT ?";
    private static final String FORGET = "DELETE FROM removed_artifacts WHERE folder = ANY (?)";

    private record Set(long job, long files, long bytes) {}

    private ArtifactRows() {}

    public static Optional<JobArtifact> find(Session session, UUID job, String path) throws SQLException {
        return session.first(FIND, ArtifactRows::artifact, job, path);
    }

    public static List<JobArtifact> list(Session session, UUID job, String after, int limit) throws SQLException {
        return session.list(LIST, ArtifactRows::artifact, job, after, limit);
    }

    public static ArtifactTotals totals(Session session, UUID job) throws SQLException {
        return session.first(TOTALS, row -> new ArtifactTotals(row.getLong(1), row.getLong(2)), job)
                .orElse(ArtifactTotals.NONE);
    }

    public static long bytes(Session session) throws SQLException {
        return session.number(BYTES);
    }

    public static List<UUID> jobs(Session session) throws SQLException {
        return session.list(JOBS, row -> row.getObject(1, UUID.class));
    }

    /** Removes sets of ended jobs, the oldest end first, until at most this many bytes are left; those that another server removes are its own. */
    public static List<UUID> removeOldest(Session session, long most) throws SQLException {
        long bytes = bytes(session);
        List<Long> chosen = new ArrayList<>();
        if (bytes > most) {
            long rows = 0;
            for (Set each : session.list(
                    OLDEST, row -> new Set(row.getLong(1), row.getLong(2), row.getLong(3)), MOST_REMOVED)) {
                if (bytes <= most || rows >= MOST_REMOVED) {
                    break;
                }
                chosen.add(each.job());
                bytes -= each.bytes();
                rows += each.files();
            }
        }
        return chosen.isEmpty()
                ? List.of()
                : session.list(REMOVE, row -> row.getObject(1, UUID.class), SqlArray.numbers(chosen));
    }

    public static void remove(Session session, List<UUID> jobs) throws SQLException {
        session.update(REMOVE_BY_ID, SqlArray.ids(jobs));
    }

    public static List<UUID> removed(Session session, int limit) throws SQLException {
        return session.list(REMOVED, row -> row.getObject(1, UUID.class), limit);
    }

    public static void forget(Session session, List<UUID> jobs) throws SQLException {
        session.update(FORGET, SqlArray.ids(jobs));
    }

    private static JobArtifact artifact(ResultSet row) throws SQLException {
        return new JobArtifact(
                Session.presentText(row, 1),
                Session.presentText(row, 2),
                row.getLong(3),
                Session.presentText(row, 4),
                Session.presentText(row, 5),
                row.getInt(6),
                Micros.read(row, 7));
    }
}

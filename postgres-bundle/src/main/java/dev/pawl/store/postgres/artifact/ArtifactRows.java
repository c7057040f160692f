package dev.pawl.store.postgres.artifact;

import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.ArtifactTotals;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** One statement, which sees one moment: what another server removes meanwhile is not made up for by newer ones. */
    private static final String REMOVE_OLDEST = """
            WITH oldest AS (SELECT o.job, sum(o.bytes) OVER earlier AS bytes, sum(o.files) OVER earlier AS files FROM \
            (SELECT s.job, s.files, s.bytes, e.completed_at FROM artifact_sets s JOIN ended e ON e.job = s.job \
            ORDER BY e.completed_at, s.job LIMIT ?) o WINDOW earlier AS (ORDER BY o.completed_at, o.job \
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) \
            DELETE FROM artifact_sets WHERE job = ANY (ARRAY (SELECT o.job FROM oldest o WHERE coalesce(o.files, 0) < ? \
            AND (SELECT sum(bytes) FROM artifact_sets) - coalesce(o.bytes, 0) > ?)) RETURNING folder\
            """;

    private static final String REMOVE_BY_ID =
            "DELETE FROM artifact_sets WHERE job IN (SELECT job FROM jobs WHERE id = ANY (?))";
    private static final String REMOVED = "SELECT folder FROM removed_artifacts ORDER BY folder LIMIT ?";
    private static final String FORGET = "DELETE FROM removed_artifacts WHERE folder = ANY (?)";

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
        return session.list(REMOVE_OLDEST, row -> row.getObject(1, UUID.class), MOST_REMOVED, MOST_REMOVED, most);
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

package dev.pawl.store.sqlite.artifact;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.ArtifactTotals;
import dev.pawl.service.store.RunId;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of artifacts. */
public final class ArtifactRows {

    /** The number of rows that one transaction removes, about. */
    private static final long MOST_REMOVED = 2_000;

    private static final String ADD_SET =
            "INSERT INTO artifact_sets (job, folder, files, bytes) VALUES (?, ?, 0, 0) ON CONFLICT (job) DO NOTHING";
    private static final String ADD = """
            INSERT INTO artifacts (job, path, file, size, content_type, sha256, task_index, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
            ON CONFLICT (job, path) DO UPDATE SET file = excluded.file, size = excluded.size, \
            content_type = excluded.content_type, sha256 = excluded.sha256, task_index = excluded.task_index, at = excluded.at\
            """;
    private static final String COUNT = """
            UPDATE artifact_sets SET (files, bytes) = \
            (SELECT count(*), coalesce(sum(size), 0) FROM artifacts WHERE job = ?) WHERE job = ?\
            """;
    private static final String ENDED_WITH =
            "SELECT seq FROM jobs WHERE id = ? AND epoch = ? AND status IN ('completed', 'failed', 'stopped')";
    private static final String SELECT = """
            SELECT path, file, size, content_type, sha256, task_index, at FROM artifacts \
            WHERE job = (SELECT seq FROM jobs WHERE id = ?) \
            """;
    private static final String FIND = SELECT + "AND path = ?";
    private static final String LIST = SELECT + "AND path > ? ORDER BY path LIMIT ?";
    private static final String TOTALS =
            "SELECT files, bytes FROM artifact_sets WHERE job = (SELECT seq FROM jobs WHERE id = ?)";
    private static final String BYTES = "SELECT bytes FROM artifact_total";
    private static final String JOBS = "SELECT folder FROM artifact_sets";
    private static final String OLDEST = """
            SELECT s.job, s.folder, s.files, s.bytes FROM artifact_sets s JOIN jobs j ON j.seq = s.job \
            WHERE j.completed_at IS NOT NULL ORDER BY j.completed_at, j.seq\
            """;
    private static final String REMOVE = "DELETE FROM artifact_sets WHERE job = ?";
    private static final String REMOVE_BY_ID =
            "DELETE FROM artifact_sets WHERE job = (SELECT seq FROM jobs WHERE id = ?)";
    private static final String REMOVED = "SELECT folder FROM removed_artifacts ORDER BY folder LIMIT ?";
    private static final String FORGET = "DELETE FROM removed_artifacts WHERE folder = ?";

    private record Set(long job, UUID id, long files, long bytes) {}

    private ArtifactRows() {}

    /** Adds artifacts of the job with the sequence number; the caller has checked that its run may. */
    public static void add(Session session, long seq, UUID job, List<JobArtifact> artifacts) throws SQLException {
        if (artifacts.isEmpty()) {
            return;
        }
        session.update(ADD_SET, seq, JobIds.bytes(job));
        for (JobArtifact each : artifacts) {
            session.update(
                    ADD,
                    seq,
                    each.path(),
                    each.file(),
                    each.size(),
                    each.contentType(),
                    each.sha256(),
                    each.taskIndex(),
                    Micros.of(each.keptAt()));
        }
        session.update(COUNT, seq, seq);
    }

    /** Adds artifacts of a job that has ended with the run. */
    public static void addToEnded(Session session, RunId run, List<JobArtifact> artifacts) throws SQLException {
        long seq = session.first(ENDED_WITH, row -> row.getLong(1), JobIds.bytes(run.job()), run.epoch())
                .orElseThrow(() -> new StaleRunException("Job " + run.job() + " has not ended with run " + run.epoch()
                        + ", or no longer exists; its artifacts are not recorded."));
        add(session, seq, run.job(), artifacts);
    }

    public static Optional<JobArtifact> find(Session session, UUID job, String path) throws SQLException {
        return session.first(FIND, ArtifactRows::artifact, JobIds.bytes(job), path);
    }

    public static List<JobArtifact> list(Session session, UUID job, String after, int limit) throws SQLException {
        return session.list(LIST, ArtifactRows::artifact, JobIds.bytes(job), after, limit);
    }

    public static ArtifactTotals totals(Session session, UUID job) throws SQLException {
        return session.first(TOTALS, row -> new ArtifactTotals(row.getLong(1), row.getLong(2)), JobIds.bytes(job))
                .orElse(ArtifactTotals.NONE);
    }

    public static long bytes(Session session) throws SQLException {
        return session.number(BYTES);
    }

    public static List<UUID> jobs(Session session) throws SQLException {
        return session.list(JOBS, row -> JobIds.uuid(row.getBytes(1)));
    }

    /** Removes sets of ended jobs, the oldest end first, until at most this many bytes are left. */
    public static List<UUID> removeOldest(Session session, long most) throws SQLException {
        long bytes = bytes(session);
        if (bytes <= most) {
            return List.of();
        }
        List<Set> oldest = session.list(
                OLDEST, row -> new Set(row.getLong(1), JobIds.uuid(row.getBytes(2)), row.getLong(3), row.getLong(4)));
        List<UUID> removed = new ArrayList<>();
        long rows = 0;
        for (Set each : oldest) {
            if (bytes <= most || rows >= MOST_REMOVED) {
                break;
            }
            session.update(REMOVE, each.job());
            removed.add(each.id());
            bytes -= each.bytes();
            rows += each.files();
        }
        return removed;
    }

    public static void remove(Session session, List<UUID> jobs) throws SQLException {
        for (UUID job : jobs) {
            session.update(REMOVE_BY_ID, JobIds.bytes(job));
        }
    }

    public static List<UUID> removed(Session session, int limit) throws SQLException {
        return session.list(REMOVED, row -> JobIds.uuid(row.getBytes(1)), limit);
    }

    public static void forget(Session session, List<UUID> jobs) throws SQLException {
        for (UUID job : jobs) {
            session.update(FORGET, JobIds.bytes(job));
        }
    }

    private static JobArtifact artifact(ResultSet row) throws SQLException {
        return new JobArtifact(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                Micros.read(row, 7));
    }
}

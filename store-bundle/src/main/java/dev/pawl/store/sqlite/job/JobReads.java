package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunningJob;
import dev.pawl.store.kit.IdRange;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads of jobs, except lists by filter. */
public final class JobReads {

    private static final String BY_ID = JobRow.SELECT + "WHERE j.id = ?";
    private static final String IDS_BETWEEN = "SELECT id FROM jobs WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?";
    private static final String PENDING = JobRow.SELECT_PENDING + "ORDER BY j.rank, j.seq LIMIT ?";
    private static final String PENDING_BEFORE = """
            SELECT count(*) FROM jobs INDEXED BY jobs_queue WHERE status = 'pending' AND (rank, seq) < \
            (SELECT rank, seq FROM jobs WHERE id = ? AND status = 'pending')\
            """;
    private static final String RUNNING = JobRow.SELECT_RUNNING + "ORDER BY j.started_at, j.rank, j.seq";
    private static final String RUNNING_JOBS = """
            SELECT id, module_key, crashes, leased_until IS NULL FROM jobs INDEXED BY jobs_running \
            WHERE status = 'running' ORDER BY started_at, rank, seq\
            """;
    private static final String FIRST_IDS =
            "SELECT id FROM jobs INDEXED BY jobs_queue WHERE status = 'pending' ORDER BY rank, seq LIMIT ?";
    private static final String COUNTS = "SELECT status, jobs FROM job_counts";
    private static final String NEXT_DUE =
            "SELECT min(due_at) FROM jobs INDEXED BY jobs_scheduled WHERE status = 'pending' AND due_at > ?";
    private static final String RESULTS = """
            SELECT n, at, task_index, body, n > ? FROM results WHERE job = ? AND n > ? ORDER BY n LIMIT ?\
            """;

    private JobReads() {}

    public static Optional<Job> find(Session session, UUID job) throws SQLException {
        return session.first(BY_ID, JobRow::readJob, JobIds.bytes(job));
    }

    public static List<UUID> findByPrefix(Session session, String prefix, int limit) throws SQLException {
        Optional<IdRange> range = IdRange.beginningWith(prefix);
        return range.isEmpty()
                ? List.of()
                : session.list(
                        IDS_BETWEEN,
                        row -> JobIds.uuid(row.getBytes(1)),
                        JobIds.bytes(range.get().first()),
                        JobIds.bytes(range.get().last()),
                        limit);
    }

    public static List<Job> pending(Session session, int limit) throws SQLException {
        return session.listUpTo(JobStore.PAGE_CHARACTERS, JobRow::weight, PENDING, JobRow::readJob, limit);
    }

    public static long pendingBefore(Session session, UUID job) throws SQLException {
        return session.number(PENDING_BEFORE, JobIds.bytes(job));
    }

    public static List<Job> running(Session session) throws SQLException {
        return session.list(RUNNING, JobRow::readJob);
    }

    public static List<RunningJob> runningJobs(Session session) throws SQLException {
        return session.list(
                RUNNING_JOBS,
                row -> new RunningJob(
                        JobIds.uuid(row.getBytes(1)),
                        ModuleKey.modules(row.getString(2)),
                        row.getInt(3),
                        row.getBoolean(4)));
    }

    public static Map<UUID, Long> positions(Session session, Set<UUID> jobs, int deepest) throws SQLException {
        List<UUID> first = session.list(FIRST_IDS, row -> JobIds.uuid(row.getBytes(1)), deepest);
        Map<UUID, Long> positions = new HashMap<>();
        for (UUID job : first) {
            positions.put(job, (long) positions.size());
        }
        positions.keySet().retainAll(jobs);
        return positions;
    }

    public static Map<JobStatus, Long> counts(Session session) throws SQLException {
        Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
        session.list(COUNTS, row -> counts.put(StatusText.status(row.getString(1)), row.getLong(2)));
        return Collections.unmodifiableMap(counts);
    }

    public static Optional<Instant> nextDue(Session session, Instant now) throws SQLException {
        Optional<Instant> due = session.first(
                        NEXT_DUE, row -> Optional.ofNullable(Micros.readNullable(row, 1)), Micros.of(now))
                .flatMap(found -> found)
                .filter(time -> time.isBefore(After.DUE)); // later ones stand for waits that no time ends
        Optional<Instant> trial = CrashLoops.nextBegin(session, now);
        return Stream.concat(due.stream(), trial.stream()).min(Comparator.naturalOrder());
    }

    public static ResultPage results(Session session, UUID job, long after, int limit) throws SQLException {
        return session.atOneMoment(moment -> {
            Optional<RunRow> row = moment.first(RunRow.SELECT, RunRow::read, JobIds.bytes(job));
            if (row.isEmpty()) {
                return new ResultPage(List.of(), 0);
            }
            RunRow run = row.get();
            List<JobResult> results = moment.listUpTo(
                    JobStore.PAGE_CHARACTERS,
                    (result, at) -> result.json().length(),
                    RESULTS,
                    JobReads::result,
                    run.finalResults(),
                    run.seq(),
                    after,
                    limit);
            return new ResultPage(results, run.results());
        });
    }

    private static JobResult result(ResultSet row) throws SQLException {
        return new JobResult(row.getLong(1), Micros.read(row, 2), row.getInt(3), row.getString(4), row.getBoolean(5));
    }
}

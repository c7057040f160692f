package dev.pawl.store.postgres.job;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.OpenWaits.Awaited;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunningJob;
import dev.pawl.store.kit.IdRange;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads of jobs, except lists by filter. */
public final class JobReads {

    private static final String IDS_BETWEEN = "SELECT id FROM jobs WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?";
    private static final String WAITING =
            "(SELECT lane, queued_at, job FROM ready UNION ALL SELECT lane, queued_at, job FROM later) w";
    private static final String PENDING = "SELECT job FROM " + WAITING + " ORDER BY lane, queued_at, job LIMIT ?";
    private static final String PLACE =
            "SELECT lane, queued_at, w.job FROM " + WAITING + " WHERE w.job = (SELECT job FROM jobs WHERE id = ?)";
    private static final String BEFORE =
            "SELECT count(*) FROM " + WAITING + " WHERE (lane, queued_at, job) < (?, ?, ?)";
    private static final String RUNNING = JobRecord.RUNNING + "ORDER BY p.started_at, p.lane, j.job";
    private static final String RUNNING_JOBS =
            "SELECT (SELECT j.id FROM jobs j WHERE j.job = r.job), r.module_key, r.crashes, r.lease_until IS NULL AND r.owner = ? "
                    + "FROM runs r ORDER BY r.started_at, r.lane, r.job";
    private static final String POSITIONS =
            "WITH wanted AS MATERIALIZED (SELECT id, job FROM jobs WHERE id = ANY (?)), "
                    + "first AS MATERIALIZED (SELECT job, row_number() OVER (ORDER BY lane, queued_at, job) - 1 AS before FROM "
                    + WAITING
                    + " ORDER BY lane, queued_at, job LIMIT ?) SELECT id, before FROM wanted JOIN first USING (job)";
    private static final String NEXT_DUE = "SELECT min(due_at) FROM later WHERE due_at > ?";
    private static final String EXTENT =
            "SELECT j.job, p.results, p.final_results FROM jobs j JOIN job_places p ON p.job = j.job WHERE j.id = ?";
    private static final String RESULTS =
            "SELECT n, at, task_index, body, n > ? FROM results WHERE job = ? AND n > ? ORDER BY n LIMIT ?";

    private static final String WAITS_FOR =
            "FROM job_waits w JOIN jobs j ON j.id = w.prerequisite JOIN job_places p ON p.job = j.job "
                    + "WHERE w.job = (SELECT job FROM jobs WHERE id = ?)";
    private static final String FIRST_OF_THESE = "SELECT j.id, p.status " + WAITS_FOR + " ORDER BY j.job LIMIT ?";
    private static final String COUNT_OF_THESE = "SELECT count(*) " + WAITS_FOR;
    private static final String FIRST_OF_THOSE =
            "SELECT j.id FROM job_waits w JOIN jobs j ON j.job = w.job WHERE w.prerequisite = ? ORDER BY w.job LIMIT ?";
    private static final String COUNT_OF_THOSE = "SELECT count(*) FROM job_waits WHERE prerequisite = ?";

    private JobReads() {}

    public static Optional<Job> find(Session session, UUID job) throws SQLException {
        return session.byKeys(JobRecord.BY_IDS, JobRecord::readJob, SqlArray.ids(List.of(job))).stream()
                .findFirst();
    }

    public static List<UUID> findByPrefix(Session session, String prefix, int limit) throws SQLException {
        Optional<IdRange> range = IdRange.beginningWith(prefix);
        return range.isEmpty()
                ? List.of()
                : session.list(
                        IDS_BETWEEN,
                        row -> row.getObject(1, UUID.class),
                        range.get().first(),
                        range.get().last(),
                        limit);
    }

    /** Jobs by their numbers, in this order, until they are as many as an answer holds. */
    static List<Job> byNumber(Session session, List<Long> numbers) throws SQLException {
        List<Job> jobs = new ArrayList<>();
        long weighs = 0;
        for (int from = 0; from < numbers.size(); from += 100) {
            List<Long> some = numbers.subList(from, Math.min(numbers.size(), from + 100));
            Map<Long, JobRecord> found = new HashMap<>();
            session.byKeys(JobRecord.BY_NUMBERS, JobRecord::read, SqlArray.numbers(some))
                    .forEach(record -> found.put(record.job, record));
            for (long number : some) {
                JobRecord record = found.get(number);
                if (record != null) {
                    weighs += record.weight();
                    if (!jobs.isEmpty() && weighs > JobStore.PAGE_CHARACTERS) {
                        return jobs;
                    }
                    jobs.add(record.job());
                }
            }
        }
        return jobs;
    }

    public static List<Job> pending(Session session, int limit) throws SQLException {
        return session.atOneMoment(moment -> byNumber(moment, moment.list(PENDING, row -> row.getLong(1), limit)));
    }

    private record Position(long lane, long queuedAt, long job) {}

    public static long pendingBefore(Session session, UUID job) throws SQLException {
        return session.atOneMoment(moment -> {
            Optional<Position> place =
                    moment.first(PLACE, row -> new Position(row.getLong(1), row.getLong(2), row.getLong(3)), job);
            return place.isEmpty()
                    ? 0L
                    : moment.number(
                            BEFORE,
                            place.get().lane(),
                            place.get().queuedAt(),
                            place.get().job());
        });
    }

    public static List<Job> running(Session session) throws SQLException {
        return session.list(RUNNING, JobRecord::readJob);
    }

    public static List<RunningJob> runningJobs(Session session, long owner) throws SQLException {
        return session.list(
                RUNNING_JOBS,
                row -> new RunningJob(
                        row.getObject(1, UUID.class),
                        ModuleKey.modules(Session.presentText(row, 2)),
                        row.getInt(3),
                        row.getBoolean(4)),
                owner);
    }

    public static Map<UUID, Long> positions(Session session, Set<UUID> jobs, int deepest) throws SQLException {
        Map<UUID, Long> positions = new HashMap<>();
        session.list(
                POSITIONS,
                row -> positions.put(row.getObject(1, UUID.class), row.getLong(2)),
                SqlArray.ids(List.copyOf(jobs)),
                deepest);
        return positions;
    }

    /**
     * The time at which the next waiting job becomes due, of those that were not due at a time.
     *
     * @param owner the number of this process
     * @param reading that time, by the clock of who asks; the answer is by the same
     * @param now the same time by the clock of the store, or an earlier one
     */
    public static Optional<Instant> nextDue(Session session, long owner, Instant reading, Instant now)
            throws SQLException {
        Optional<Instant> due = session.first(
                        NEXT_DUE, row -> Optional.ofNullable(Micros.readNullable(row, 1)), Micros.of(now))
                .flatMap(found -> found)
                .filter(time -> time.isBefore(After.DUE)); // later ones stand for waits that no time ends
        Optional<Instant> trial = Trials.nextBegin(session, owner, now);
        return Stream.concat(due.stream(), trial.stream())
                .min(Instant::compareTo)
                .map(time -> reading.plus(Duration.between(now, time)));
    }

    private record Extent(long job, long results, long finalResults) {}

    public static ResultPage results(Session session, UUID job, long after, int limit) throws SQLException {
        return session.atOneMoment(moment -> {
            Optional<Extent> extent =
                    moment.first(EXTENT, row -> new Extent(row.getLong(1), row.getLong(2), row.getLong(3)), job);
            if (extent.isEmpty()) {
                return new ResultPage(List.of(), 0);
            }
            List<JobResult> results = moment.listUpTo(
                    JobStore.PAGE_CHARACTERS,
                    result -> result.json().length(),
                    RESULTS,
                    JobReads::result,
                    extent.get().finalResults(),
                    extent.get().job(),
                    after,
                    limit);
            return new ResultPage(results, extent.get().results());
        });
    }

    private static JobResult result(ResultSet row) throws SQLException {
        return new JobResult(
                row.getLong(1), Micros.read(row, 2), row.getInt(3), Session.presentText(row, 4), row.getBoolean(5));
    }

    public static OpenWaits waits(Session session, UUID job, int most) throws SQLException {
        return session.atOneMoment(moment -> {
            List<Awaited> waitsFor = moment.list(
                    FIRST_OF_THESE,
                    row -> new Awaited(row.getObject(1, UUID.class), StatusText.status(row.getString(2))),
                    job,
                    most);
            List<UUID> awaitedBy = moment.list(FIRST_OF_THOSE, row -> row.getObject(1, UUID.class), job, most);
            return new OpenWaits(
                    waitsFor,
                    waitsFor.size() < most ? waitsFor.size() : moment.number(COUNT_OF_THESE, job),
                    awaitedBy,
                    awaitedBy.size() < most ? awaitedBy.size() : moment.number(COUNT_OF_THOSE, job));
        });
    }
}

package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAuthors;
import dev.pawl.service.job.JobAuthors.Author;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobState.Attempts;
import dev.pawl.service.job.JobState.LatestRun;
import dev.pawl.service.job.JobState.Position;
import dev.pawl.service.job.JobState.Times;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Progress;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job as a transaction has it in memory: its columns as they will be, and as they are in the tables. */
final class JobRecord {

    private static final String COLUMNS = """
            SELECT j.job, j.id, j.module_key, j.priority, j.created_at, j.queued_at, j.request, j.starter_id, j.starter_name, \
            p.place, p.status, p.lane, p.due_at, p.owner, p.lease_until, p.trial_until, p.completed_at, p.stopper_id, p.stopper_name, \
            p.epoch, p.attempt, p.crashes, p.crash_mark, p.crashes_at_mark, p.task_index, p.elapsed_ns, p.started_at, p.run_started_at, \
            p.parked, p.worker, p.module_version, p.percent, p.info, p.lines, p.lines_dropped, p.log_size, p.results, p.final_results, \
            p.failure, t.checkpoint, t.settings, t.version, \
            coalesce((SELECT true FROM job_waits w WHERE w.prerequisite = j.id LIMIT 1), false), p.generation \
            """;

    /**
     * The rest of a query by ids or numbers. Each job is looked up by itself: of tables that were empty when they were last vacuumed, or when
     * the plan was made, a join may read an index from end to end, and go on so once they are full.
     */
    private static final String EACH =
            " OFFSET 0) j CROSS JOIN LATERAL (SELECT * FROM job_places WHERE job_places.job = j.job OFFSET 0) p "
                    + "LEFT JOIN LATERAL (SELECT * FROM task_states WHERE task_states.job = j.job OFFSET 0) t ON true";

    /** Selects the columns for {@link #read} by the ids of jobs. */
    static final String BY_IDS = COLUMNS + "FROM unnest(?::uuid[]) AS wanted (id) "
            + "CROSS JOIN LATERAL (SELECT * FROM jobs WHERE jobs.id = wanted.id" + EACH;

    /** Selects the columns for {@link #read} by the numbers of jobs. */
    static final String BY_NUMBERS = of("unnest(?::bigint[])");

    /** Selects the columns for {@link #read} of jobs whose numbers are the rows of {@code locked}. */
    static final String OF_LOCKED = of("locked");

    /** Selects the columns for {@link #read} of jobs that run. */
    static final String RUNNING = of("(SELECT job FROM runs OFFSET 0)") + " WHERE p.place = 'runs' ";

    final long job;
    final UUID id;
    final String moduleKey;
    final long createdAt;
    final long queuedAt;
    final @Nullable Author starter;
    int priority;
    String request;

    @Nullable
    String checkpoint;

    @Nullable
    String settings;

    @Nullable
    String checkpointVersion;

    boolean isAwaited;
    JobColumns now = new JobColumns();

    @Nullable
    JobColumns stored; // null for a new job

    private @Nullable JobRequest parsed;

    /** The query for the jobs whose numbers are the rows of a table expression. */
    private static String of(String numbers) {
        return COLUMNS + "FROM " + numbers
                + " AS wanted (job) CROSS JOIN LATERAL (SELECT * FROM jobs WHERE jobs.job = wanted.job" + EACH;
    }

    JobRecord(
            long job,
            UUID id,
            String moduleKey,
            int priority,
            long createdAt,
            long queuedAt,
            String request,
            @Nullable Author starter) {
        this.job = job;
        this.id = id;
        this.moduleKey = moduleKey;
        this.priority = priority;
        this.createdAt = createdAt;
        this.queuedAt = queuedAt;
        this.request = request;
        this.starter = starter;
    }

    static JobRecord read(ResultSet row) throws SQLException {
        JobRecord record = new JobRecord(
                row.getLong(1),
                row.getObject(2, UUID.class),
                Session.presentText(row, 3),
                row.getInt(4),
                row.getLong(5),
                row.getLong(6),
                Session.presentText(row, 7),
                author(row, 8));
        JobColumns columns = record.now;
        columns.place = Place.valueOf(row.getString(10).toUpperCase(Locale.ROOT));
        columns.status = StatusText.status(row.getString(11));
        columns.lane = row.getLong(12);
        columns.dueAt = number(row, 13);
        columns.owner = row.getLong(14);
        columns.leaseUntil = number(row, 15);
        columns.trialUntil = number(row, 16);
        columns.completedAt = number(row, 17);
        columns.stopperId = Session.text(row, 18);
        columns.stopperName = Session.text(row, 19);
        columns.epoch = row.getLong(20);
        columns.attempt = Math.max(1, row.getInt(21));
        columns.crashes = row.getInt(22);
        columns.crashMark = row.getString(23);
        columns.crashesAtMark = row.getInt(24);
        columns.taskIndex = row.getInt(25);
        columns.elapsedNs = row.getLong(26);
        columns.startedAt = number(row, 27);
        columns.runStartedAt = number(row, 28);
        columns.parked = row.getString(29);
        columns.worker = Session.text(row, 30);
        columns.moduleVersion = Session.text(row, 31);
        columns.percent = row.getDouble(32);
        columns.info = Session.text(row, 33);
        columns.lines = row.getLong(34);
        columns.linesDropped = row.getLong(35);
        columns.logSize = row.getLong(36);
        columns.results = row.getLong(37);
        columns.finalResults = row.getLong(38);
        columns.failure = Session.text(row, 39);
        record.checkpoint = Session.text(row, 40);
        record.settings = Session.text(row, 41);
        record.checkpointVersion = Session.text(row, 42);
        record.isAwaited = row.getBoolean(43);
        columns.generation = row.getLong(44);
        record.stored = columns.copy();
        return record;
    }

    static Job readJob(ResultSet row) throws SQLException {
        return read(row).job();
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    private static @Nullable Author author(ResultSet row, int column) throws SQLException {
        String id = Session.text(row, column);
        return id == null ? null : new Author(id, Session.presentText(row, column + 1));
    }

    JobRequest request() {
        JobRequest known = parsed;
        if (known == null) {
            known = RequestJson.read(request);
            parsed = known;
        }
        return known;
    }

    /** Whether it may have a unique key; that of a request which says nothing of one has none. */
    boolean hasUniqueKey() {
        return request.contains("\"unique_key\"");
    }

    /** The callback that it asks for; null for none, also when its request cannot be read. */
    @Nullable
    Callback callback() {
        try {
            return request().callback().orElse(null);
        } catch (RuntimeException unreadable) { // it still ends, when somebody stops it
            return null;
        }
    }

    /** Gives it a request whose text is known. */
    void request(JobRequest other, String text) {
        parsed = other;
        request = text;
    }

    /** The job as it is now. */
    Job job() {
        String worker = now.worker;
        JobState state = new JobState(
                now.status,
                new Attempts(now.epoch, now.attempt, now.crashes),
                new Position(
                        now.taskIndex,
                        JsonColumn.map(checkpoint),
                        checkpointVersion,
                        JsonColumn.map(settings),
                        new Progress(now.percent, JsonColumn.value(now.info))),
                new Times(
                        Duration.ofNanos(now.elapsedNs),
                        Micros.instantOrNull(now.startedAt),
                        Micros.instantOrNull(now.completedAt),
                        Micros.instantOrNull(now.dueAt)),
                worker == null ? null : new LatestRun(worker, Micros.instantOrNull(now.leaseUntil), now.moduleVersion),
                StatusText.parked(now.parked),
                FailureJson.read(now.failure));
        Author stopper = now.stopperId == null ? null : new Author(now.stopperId, String.valueOf(now.stopperName));
        return new Job(id, request(), Micros.instant(createdAt), state, new JobAuthors(starter, stopper));
    }

    /** The approximate memory of the job, in characters. */
    long weight() {
        return request.length() + length(checkpoint) + length(settings) + length(now.failure);
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    boolean isPending() {
        return now.status == JobStatus.PENDING;
    }
}

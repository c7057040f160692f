package dev.pawl.store.sqlite.job;

import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobAuthors;
import dev.pawl.service.job.JobAuthors.Author;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobState.Attempts;
import dev.pawl.service.job.JobState.LatestRun;
import dev.pawl.service.job.JobState.Position;
import dev.pawl.service.job.JobState.Times;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.delivery.CallbackBits;
import dev.pawl.store.sqlite.engine.JobIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job with the columns that only the store uses.
 *
 * @param seq its sequence number in the order of adding
 * @param job the job
 * @param results the number of its last result
 * @param finalResults the number of its last final result
 * @param log the extent of its log
 * @param isAwaited whether other jobs wait for it
 */
public record JobRow(long seq, Job job, long results, long finalResults, LogCap.Extent log, boolean isAwaited) {

    private static final String COLUMNS = """
            SELECT j.seq, j.id, coalesce(j.request, (SELECT r.body FROM requests r WHERE r.job = j.seq)), j.created_at, j.status, j.epoch, j.attempt, j.crashes, j.task_index, t.checkpoint, \
            t.settings, j.percent, j.info, j.elapsed_ns, j.started_at, j.completed_at, j.due_at, j.parked, j.worker, \
            j.leased_until, j.failure, j.results, j.final_results, j.module_version, t.version, j.lines, j.lines_dropped, j.log_size, \
            s.id, s.name, e.id, e.name, \
            """ + WaitRows.IS_AWAITED + """
             FROM jobs j %s LEFT JOIN task_states t ON t.job = j.seq LEFT JOIN people s ON s.n = j.started_by \
            LEFT JOIN job_stops x ON x.job = j.seq LEFT JOIN people e ON e.n = x.person \
            """;

    /** Selects the columns for {@link #read}; a condition on {@code j}, an order and a limit may follow. */
    static final String SELECT = COLUMNS.formatted("");

    /** Selects waiting jobs; an order and a limit may follow. */
    static final String SELECT_PENDING = COLUMNS.formatted("INDEXED BY jobs_queue") + "WHERE j.status = 'pending' ";

    /** Selects running jobs; a further condition, an order and a limit may follow. */
    static final String SELECT_RUNNING = COLUMNS.formatted("INDEXED BY jobs_running") + "WHERE j.status = 'running' ";

    static JobRow read(ResultSet row) throws SQLException {
        JobState state = new JobState(
                StatusText.status(row.getString(5)),
                new Attempts(row.getLong(6), row.getInt(7), row.getInt(8)),
                position(row),
                times(row),
                latestRun(row),
                StatusText.parked(row.getString(18)),
                FailureJson.read(row.getString(21)));
        Job job = new Job(
                JobIds.uuid(row.getBytes(2)),
                RequestJson.read(row.getString(3)),
                Micros.read(row, 4),
                state,
                new JobAuthors(author(row, 29), author(row, 31)));
        var log = new LogCap.Extent(row.getLong(26), row.getLong(27), row.getLong(28));
        return new JobRow(row.getLong(1), job, row.getLong(22), row.getLong(23), log, row.getBoolean(33));
    }

    private static @Nullable Author author(ResultSet row, int column) throws SQLException {
        String id = row.getString(column);
        return id == null ? null : new Author(id, row.getString(column + 1));
    }

    /** The row of the run that begins with a claim. */
    RunRow begun(JobState running, ClaimRequest claim) {
        return new RunRow(
                seq,
                running.status(),
                running.epoch(),
                running.taskIndex(),
                running.attempt(),
                running.crashes(),
                job.request().priority(),
                log,
                results,
                finalResults,
                null,
                Micros.kept(claim.now()),
                claim.leasedUntil() == null,
                isAwaited,
                CallbackBits.of(job.request()));
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(
                row.getInt(9),
                JsonColumn.map(row.getString(10)),
                row.getString(25),
                JsonColumn.map(row.getString(11)),
                new Progress(row.getDouble(12), info(row.getString(13))));
    }

    private static Times times(ResultSet row) throws SQLException {
        return new Times(
                Duration.ofNanos(row.getLong(14)),
                Micros.readNullable(row, 15),
                Micros.readNullable(row, 16),
                Micros.readNullable(row, 17));
    }

    private static @Nullable LatestRun latestRun(ResultSet row) throws SQLException {
        String worker = row.getString(19);
        return worker == null ? null : new LatestRun(worker, Micros.readNullable(row, 20), row.getString(24));
    }

    static Job readJob(ResultSet row) throws SQLException {
        return read(row).job();
    }

    /** The info of the progress; older releases stored it without a limit. */
    private static Object info(@Nullable String text) {
        return text == null || text.length() <= JsonLimits.MOST_INFO_BYTES
                ? JsonColumn.value(text)
                : JsonLimits.leftOut(text.length());
    }

    /** The approximate memory of a failure. */
    static long weight(@Nullable Failure failure) {
        String stack = failure == null ? null : failure.stack();
        return failure == null ? 0 : failure.message().length() + (stack == null ? 0 : stack.length());
    }

    /** The approximate memory of a job: its request, its checkpoint, its settings and its failure. */
    static long weight(Job job, ResultSet row) throws SQLException {
        long weighs = weight(job.state().failure());
        for (int column : new int[] {3, 10, 11}) {
            String text = row.getString(column);
            weighs += text == null ? 0 : text.length();
        }
        return weighs;
    }
}

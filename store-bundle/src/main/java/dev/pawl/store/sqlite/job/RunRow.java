package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.delivery.CallbackBits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a job that a write needs.
 *
 * @param seq its sequence number in the order of adding
 * @param log the extent of its log
 * @param results the number of its last result
 * @param finalResults the number of its last final result
 * @param isHere whether it has no lease: it runs in this process, if it runs
 * @param isAwaited whether other jobs wait for it
 * @param callback the events that its callback tells of, as bits
 */
record RunRow(
        long seq,
        JobStatus status,
        long epoch,
        int taskIndex,
        int attempt,
        int crashes,
        int priority,
        LogCap.Extent log,
        long results,
        long finalResults,
        @Nullable String moduleVersion,
        @Nullable Instant runStartedAt,
        boolean isHere,
        boolean isAwaited,
        int callback) {

    /** Selects the row by the id's bytes. */
    static final String SELECT = """
            SELECT seq, status, epoch, task_index, attempt, crashes, priority, lines, lines_dropped, log_size, results, final_results, \
            module_version, run_started_at, leased_until IS NULL, %s, (SELECT c.events FROM job_callbacks c WHERE c.job = j.seq) \
            FROM jobs j WHERE id = ?\
            """.formatted(WaitRows.IS_AWAITED);

    /** The row of a new job that runs at once. */
    static RunRow ofNew(long seq, JobRequest request, Instant began) {
        return new RunRow(
                seq,
                JobStatus.RUNNING,
                1,
                0,
                1,
                0,
                request.priority(),
                LogCap.Extent.EMPTY,
                0,
                0,
                null,
                began,
                true,
                false,
                CallbackBits.of(request));
    }

    static RunRow read(ResultSet row) throws SQLException {
        return new RunRow(
                row.getLong(1),
                StatusText.status(row.getString(2)),
                row.getLong(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                new LogCap.Extent(row.getLong(8), row.getLong(9), row.getLong(10)),
                row.getLong(11),
                row.getLong(12),
                row.getString(13),
                Micros.readNullable(row, 14),
                row.getBoolean(15),
                row.getBoolean(16),
                row.getInt(17));
    }

    /** The row after a write. */
    RunRow after(
            JobStatus now,
            int task,
            int crashed,
            LogCap.Extent lines,
            long emitted,
            long checked,
            @Nullable String version) {
        return new RunRow(
                seq,
                now,
                epoch,
                task,
                attempt,
                crashed,
                priority,
                lines,
                emitted,
                checked,
                version,
                runStartedAt,
                isHere,
                isAwaited,
                callback);
    }

    /** The row of a job for which others wait from now on. */
    RunRow awaited() {
        return new RunRow(
                seq,
                status,
                epoch,
                taskIndex,
                attempt,
                crashes,
                priority,
                log,
                results,
                finalResults,
                moduleVersion,
                runStartedAt,
                isHere,
                true,
                callback);
    }
}

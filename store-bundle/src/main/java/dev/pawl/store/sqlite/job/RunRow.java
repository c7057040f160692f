package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.sqlite.engine.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a job that a write needs.
 *
 * @param seq its sequence number in the order of adding
 * @param lines the number of its last log line
 * @param results the number of its last result
 * @param finalResults the number of its last final result
 */
record RunRow(
        long seq,
        JobStatus status,
        long epoch,
        int taskIndex,
        int attempt,
        int crashes,
        int priority,
        long lines,
        long results,
        long finalResults,
        @Nullable String moduleVersion,
        @Nullable Instant runStartedAt,
        long linesDropped,
        long logSize) {

    /** Selects the row by the id's bytes. */
    static final String SELECT = """
            SELECT seq, status, epoch, task_index, attempt, crashes, priority, lines, results, final_results, \
            module_version, run_started_at, lines_dropped, log_size \
            FROM jobs WHERE id = ?\
            """;

    static RunRow read(ResultSet row) throws SQLException {
        return new RunRow(
                row.getLong(1),
                JobRow.status(row.getString(2)),
                row.getLong(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getString(11),
                Micros.readNullable(row, 12),
                row.getLong(13),
                row.getLong(14));
    }
}

package dev.pawl.store.sqlite.upkeep;

import dev.pawl.store.sqlite.engine.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Removes some jobs that have ended, in a transaction so short that no other write waits for long: a job with a long log or many
 * results goes piece by piece, and is whole in what is left of it at every moment.
 */
final class PurgeStep implements Session.Reading<PurgeStep.Done> {

    private static final int MOST_ROWS = 250;

    private static final String STILL_THERE = """
            SELECT lines, lines_dropped, results FROM jobs WHERE seq = ? AND status = ? AND completed_at < ?\
            """;
    private static final String CUT_LOG = "DELETE FROM log_lines WHERE job = ? AND n <= ?";
    private static final String LOG_CUT = "UPDATE jobs SET lines_dropped = ? WHERE seq = ?";
    private static final String CUT_RESULTS = "DELETE FROM results WHERE job = ? AND n > ?";
    private static final String RESULTS_CUT = "UPDATE jobs SET results = ?, final_results = ? WHERE seq = ?";
    private static final String REMOVE = "DELETE FROM jobs WHERE seq = ?";

    private final List<Long> seqs;
    private final String status;
    private final Instant endedBefore;

    /**
     * How far it came.
     *
     * @param looked how many of the jobs are done with
     * @param removed how many of them are gone by this
     */
    record Done(int looked, int removed) {}

    private record Size(long lines, long dropped, long results) {
        long rows() {
            return lines - dropped + results;
        }
    }

    PurgeStep(List<Long> seqs, String status, Instant endedBefore) {
        this.seqs = List.copyOf(seqs);
        this.status = status;
        this.endedBefore = endedBefore;
    }

    @Override
    public Done read(Session session) throws SQLException {
        long left = MOST_ROWS;
        int removed = 0;
        for (int looked = 0; looked < seqs.size(); looked++) {
            long seq = seqs.get(looked);
            Size size = session.first(
                            STILL_THERE,
                            row -> new Size(row.getLong(1), row.getLong(2), row.getLong(3)),
                            seq,
                            status,
                            Micros.of(endedBefore))
                    .orElse(null);
            if (size == null) {
                continue;
            }
            if (size.rows() > left) {
                if (left == MOST_ROWS) {
                    cut(session, seq, size);
                }
                return new Done(looked, removed);
            }
            session.update(REMOVE, seq);
            left -= size.rows() + 1;
            removed++;
        }
        return new Done(seqs.size(), removed);
    }

    private static void cut(Session session, long seq, Size size) throws SQLException {
        if (size.lines() > size.dropped()) {
            long last = Math.min(size.lines(), size.dropped() + MOST_ROWS);
            session.update(CUT_LOG, seq, last);
            session.update(LOG_CUT, last, seq);
        } else {
            long last = size.results() - MOST_ROWS;
            session.update(CUT_RESULTS, seq, last);
            session.update(RESULTS_CUT, last, last, seq);
        }
    }
}

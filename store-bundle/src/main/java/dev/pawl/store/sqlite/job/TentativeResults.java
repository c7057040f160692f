package dev.pawl.store.sqlite.job;

import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;

/** Removes the results after a job's last checkpoint, since the next run will emit them again. */
final class TentativeResults {

    private static final String DELETE = "DELETE FROM results WHERE job = ? AND n > ?";

    private TentativeResults() {}

    /** Deletes the rows; the caller sets the job's count of results. */
    static void ofTentativeResults(Session session, long seq, long results, long finalResults) throws SQLException {
        if (results > finalResults) {
            session.update(DELETE, seq, finalResults);
        }
    }
}

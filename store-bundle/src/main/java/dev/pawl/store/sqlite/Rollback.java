package dev.pawl.store.sqlite;

import java.sql.SQLException;

/** Takes back the results after a job's last checkpoint, since the next run will emit them again. */
final class Rollback {

    private static final String DELETE = "DELETE FROM results WHERE job = ? AND n > ?";

    private Rollback() {}

    /** Deletes the rows; the caller sets the job's count of results. */
    static void ofTentativeResults(Session session, long seq, long results, long finalResults) throws SQLException {
        if (results > finalResults) {
            session.update(DELETE, seq, finalResults);
        }
    }
}

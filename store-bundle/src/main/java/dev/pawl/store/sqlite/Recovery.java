package dev.pawl.store.sqlite;

import dev.pawl.api.job.Failure;
import dev.pawl.api.job.Job;
import dev.pawl.api.job.ParkReason;
import dev.pawl.api.job.Phase;
import dev.pawl.api.job.RunOutcome;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Puts back jobs whose run ended without a word: with the process, or with a lease. */
final class Recovery {

    private static final String RUNNING_HERE = JobRow.SELECT_RUNNING + "AND j.leased_until IS NULL ORDER BY j.seq";
    private static final String EXPIRED =
            JobRow.SELECT_RUNNING + "AND j.leased_until <= ? ORDER BY j.leased_until, j.seq";
    private static final String PUT_BACK = """
            UPDATE jobs SET status = 'pending', rank = ?, leased_until = NULL, parked = ?, crashes = ?, \
            results = final_results WHERE seq = ?\
            """;
    private static final String FAIL = """
            UPDATE jobs SET status = 'failed', completed_at = ?, crashes = ?, failure = ?, final_results = results \
            WHERE seq = ?\
            """;

    private Recovery() {}

    /** After the end of a process. */
    static List<UUID> afterCrash(Session session, int mostCrashes, Instant now) throws SQLException {
        List<UUID> putBack = new ArrayList<>();
        for (JobRow row : session.list(RUNNING_HERE, JobRow::read)) {
            int crashes = row.job().state().crashes() + 1;
            if (crashes >= mostCrashes) {
                JobRuns.keep(session, row.seq(), row.job().state().epoch(), now, RunOutcome.CRASHED, null);
                session.update(
                        FAIL, Micros.of(now), crashes, FailureJson.write(failure(row.job(), crashes)), row.seq());
            } else {
                putBack(session, row, crashes, RunOutcome.CRASHED, now);
                putBack.add(row.job().id());
            }
        }
        return List.copyOf(putBack);
    }

    /** After the end of leases. */
    static List<UUID> afterLease(Session session, Instant now) throws SQLException {
        List<UUID> putBack = new ArrayList<>();
        for (JobRow row : session.list(EXPIRED, JobRow::read, Micros.of(now))) {
            putBack(session, row, row.job().state().crashes(), RunOutcome.LEASE_LOST, now);
            putBack.add(row.job().id());
        }
        return List.copyOf(putBack);
    }

    private static void putBack(Session session, JobRow row, int crashes, RunOutcome outcome, Instant now)
            throws SQLException {
        JobRuns.keep(session, row.seq(), row.job().state().epoch(), now, outcome, null);
        Rollback.ofTentativeResults(session, row.seq(), row.results(), row.finalResults());
        ParkReason reason = ParkReason.INTERRUPTED;
        session.update(
                PUT_BACK,
                Rank.of(row.job().request().priority(), reason),
                JobRow.parkedText(reason),
                crashes,
                row.seq());
    }

    private static Failure failure(Job job, int crashes) {
        return new Failure(
                Phase.RUN,
                job.state().taskIndex(),
                job.currentTask().module(),
                "The server ended " + crashes + " times in a row while this job ran, without a checkpoint in between;"
                        + " it is not started again.",
                null);
    }
}

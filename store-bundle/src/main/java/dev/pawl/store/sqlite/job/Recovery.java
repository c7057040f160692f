package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.store.kit.CrashMark;
import dev.pawl.store.kit.CrashRule;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.Rank;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.delivery.CallbackBits;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parks jobs whose run ended with its process or its lease. */
public final class Recovery {

    private static final String RUNNING_HERE =
            JobRow.SELECT_RUNNING + "AND j.leased_until IS NULL ORDER BY j.run_started_at, j.seq";
    private static final String EXPIRED =
            JobRow.SELECT_RUNNING + "AND j.leased_until <= ? ORDER BY j.leased_until, j.seq";
    private static final String CRASHES =
            "SELECT crash_mark, crashes_at_mark, trial_until, run_started_at FROM jobs WHERE seq = ?";
    private static final String PUT_BACK = """
            UPDATE jobs SET status = 'pending', rank = ?, leased_until = NULL, parked = ?, crashes = ?, trial_until = NULL, \
            results = final_results WHERE seq = ?\
            """;
    private static final String MARK = "UPDATE jobs SET crash_mark = ?, crashes_at_mark = ? WHERE seq = ?";
    private static final String FAIL = """
            UPDATE jobs SET status = 'failed', completed_at = ?, crashes = ?, failure = ?, final_results = results, \
            trial_until = NULL WHERE seq = ?\
            """;

    private Recovery() {}

    /**
     * A run that ended with the process.
     *
     * @param mark the mark of the job's progress
     * @param crashes the number of consecutive runs that ended at this mark, including this one
     * @param tried whether no other job can have been the cause
     */
    private record Crashed(
            JobRow row,
            String mark,
            int crashes,
            boolean tried,
            @Nullable Instant began) {}

    /** Parks jobs after the end of a process; at most one job fails. */
    public static List<UUID> afterCrash(Session session, int mostCrashes, Instant now, LiveJobs live)
            throws SQLException {
        List<Crashed> crashed = new ArrayList<>();
        List<JobRow> rows = session.list(RUNNING_HERE, JobRow::read);
        for (JobRow row : rows) {
            crashed.add(crashed(session, row, rows.size() == 1));
        }
        CrashRule.Verdict<Crashed> verdict = CrashRule.judge(crashed, mostCrashes, Crashed::tried, Crashed::crashes);
        List<UUID> putBack = new ArrayList<>();
        for (Crashed run : crashed) {
            if (run.equals(verdict.failing())) {
                fail(session, run, now);
                live.counts().moved(JobStatus.RUNNING, JobStatus.FAILED);
                live.minutes().ended(JobStatus.FAILED, run.began(), now);
                int callback = CallbackBits.of(run.row().job().request());
                live.deliveries().moved(session, run.row().seq(), callback, JobStatus.FAILED, now);
                Failure failure = failure(run.row().job(), run.crashes());
                live.notifications().ended(session, run.row().seq(), JobStatus.FAILED, now, failure);
                if (run.row().isAwaited()) {
                    live.waits().ended(session, run.row().job().id(), JobStatus.FAILED, now);
                }
            } else {
                if (!verdict.isCauseKnown()) { // otherwise another job is known to be the cause
                    session.update(MARK, run.mark(), run.crashes(), run.row().seq());
                }
                int crashes = verdict.isCauseKnown() ? run.row().job().state().crashes() : run.crashes();
                putBack(
                        session,
                        run.row(),
                        run.began(),
                        crashes,
                        RunOutcome.CRASHED,
                        lastSign(session, run.row(), now));
                live.counts().moved(JobStatus.RUNNING, JobStatus.PENDING);
                putBack.add(run.row().job().id());
            }
        }
        return List.copyOf(putBack);
    }

    private static Crashed crashed(Session session, JobRow row, boolean alone) throws SQLException {
        String mark =
                CrashMark.of(row.job().state().taskIndex(), row.job().state().checkpoint());
        return session.first(
                        CRASHES,
                        found -> new Crashed(
                                row,
                                mark,
                                mark.equals(found.getString(1)) ? found.getInt(2) + 1 : 1,
                                alone || Micros.readNullable(found, 3) != null,
                                Micros.readNullable(found, 4)),
                        row.seq())
                .orElseThrow();
    }

    /** Parks jobs whose leases have ended. */
    public static List<UUID> afterLease(Session session, Instant now, JobCounts counts) throws SQLException {
        List<UUID> putBack = new ArrayList<>();
        for (JobRow row : session.list(EXPIRED, JobRow::read, Micros.of(now))) {
            Crashed lost = crashed(session, row, false);
            putBack(session, row, lost.began(), row.job().state().crashes(), RunOutcome.LEASE_LOST, now);
            counts.moved(JobStatus.RUNNING, JobStatus.PENDING);
            putBack.add(row.job().id());
        }
        return List.copyOf(putBack);
    }

    private static void putBack(
            Session session, JobRow row, @Nullable Instant began, int crashes, RunOutcome outcome, Instant ended)
            throws SQLException {
        JobRuns.keep(session, row.seq(), row.job().state().epoch(), ended, outcome, null);
        TentativeResults.ofTentativeResults(session, row.seq(), row.results(), row.finalResults());
        ParkReason reason = ParkReason.INTERRUPTED;
        session.update(
                PUT_BACK,
                Rank.of(row.job().request().priority(), reason, began),
                StatusText.parkedText(reason),
                crashes,
                row.seq());
    }

    private static void fail(Session session, Crashed run, Instant now) throws SQLException {
        JobRow row = run.row();
        JobRuns.keep(
                session, row.seq(), row.job().state().epoch(), lastSign(session, row, now), RunOutcome.CRASHED, null);
        session.update(
                FAIL, Micros.of(now), run.crashes(), FailureJson.write(failure(row.job(), run.crashes())), row.seq());
    }

    private static Instant lastSign(Session session, JobRow row, Instant now) throws SQLException {
        return LastSeen.last(session, row.seq(), row.job().state().epoch(), now);
    }

    private static Failure failure(Job job, int crashes) {
        return new Failure(
                Phase.RUN,
                job.state().taskIndex(),
                job.currentTask().module(),
                "The server ended " + crashes + " times in a row while this job was running, and the job made no "
                        + "progress in between; it is not started again.",
                null);
    }
}

package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.store.JobChange;
import dev.pawl.store.kit.CrashMark;
import dev.pawl.store.kit.CrashRule;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.Rank;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.postgres.engine.Change;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Parks jobs whose run ended with its process or its lease. */
public final class Recovery {

    /** The condition that a run is one of this process, or of one that is gone: its row is not there, or its lease is over. */
    static final String IS_HERE = "(runs.owner = ? OR NOT EXISTS (SELECT 1 FROM servers s WHERE s.owner = runs.owner "
            + "AND s.lease_until > (extract(epoch FROM clock_timestamp()) * 1000000)::bigint))";

    private static final String RUNNING_HERE =
            "SELECT j.id, runs.owner FROM runs JOIN jobs j ON j.job = runs.job WHERE runs.lease_until IS NULL AND "
                    + IS_HERE + " ORDER BY runs.run_started_at, runs.job";
    private static final String OF_OTHERS_GONE =
            "SELECT j.id, runs.owner FROM servers s JOIN runs ON runs.owner = s.owner "
                    + "JOIN jobs j ON j.job = runs.job WHERE s.owner <> ? AND s.lease_until < " + StoreClock.MICROS
                    + " AND runs.lease_until IS NULL ORDER BY runs.run_started_at, runs.job LIMIT 500";
    private static final String OWN = "SELECT j.id FROM runs JOIN jobs j ON j.job = runs.job "
            + "WHERE runs.owner = ? AND runs.lease_until IS NULL ORDER BY runs.run_started_at, runs.job";
    private static final String EXPIRED =
            "SELECT j.id FROM runs JOIN jobs j ON j.job = runs.job WHERE runs.lease_until <= ? "
                    + "ORDER BY runs.lease_until, runs.job";

    private Recovery() {}

    /**
     * A run that ended with the process.
     *
     * @param mark the mark of the job's progress
     * @param crashes the number of consecutive runs that ended at this mark, including this one
     * @param tried whether no other job can have been the cause
     */
    private record Crashed(JobRecord record, String mark, int crashes, boolean tried) {}

    /** Parks jobs after the end of a process; at most one job fails. */
    public static Change<List<UUID>> afterCrash(Work work, int mostCrashes) {
        return () -> {
            WaitingRetries.bound(work);
            work.flush();
            List<UUID> parked = park(work, mostCrashes, RUNNING_HERE);
            work.changes().waiting(parked); // other servers may be followed
            return parked;
        };
    }

    /** Parks some of the jobs of other servers whose leases are over; none that another server has taken already. */
    public static Change<List<UUID>> takeOver(Work work, int mostCrashes) {
        return () -> {
            work.flush();
            List<UUID> parked = park(work, mostCrashes, OF_OTHERS_GONE);
            work.changes().waiting(parked);
            work.claims().recount();
            return parked;
        };
    }

    /**
     * Puts back what runs here by the rows of a database that has failed over. It may lack ends, results and checkpoints that this process knows
     * of: such a run would never end by its row, or leave results out.
     */
    static Change<List<UUID>> afterFailover(Work work) {
        return () -> {
            work.flush();
            List<UUID> own = work.session().list(OWN, row -> row.getObject(1, UUID.class), work.owner());
            List<UUID> parked = putBack(
                    work,
                    own,
                    record -> record.now.isWithoutLease() && record.now.owner == work.owner(),
                    RunOutcome.INTERRUPTED,
                    work.now());
            work.claims().recount();
            work.claims().leaseEnded();
            return parked;
        };
    }

    private record Owned(UUID job, long owner) {}

    private static List<UUID> park(Work work, int mostCrashes, String query) throws SQLException {
        List<Owned> runs = work.session()
                .list(query, row -> new Owned(row.getObject(1, UUID.class), row.getLong(2)), work.owner());
        work.records().load(runs.stream().map(Owned::job).toList());
        List<JobRecord> records = new ArrayList<>();
        for (Owned run : runs) {
            JobRecord record = work.records().find(run.job());
            if (record != null && record.now.place == Place.RUNS && record.now.owner == run.owner()) {
                records.add(record); // otherwise another server was faster
            }
        }
        List<Crashed> crashed = records.stream()
                .map(record -> crashed(record, records.size() == 1))
                .toList();
        CrashRule.Verdict<Crashed> verdict = CrashRule.judge(crashed, mostCrashes, Crashed::tried, Crashed::crashes);
        List<UUID> putBack = new ArrayList<>();
        for (Crashed run : crashed) {
            Instant sign = LastSeen.last(work, run.record());
            if (run.equals(verdict.failing())) {
                fail(work, run, sign);
            } else {
                if (!verdict.isCauseKnown()) { // otherwise another job is known to be the cause
                    run.record().now.crashMark = run.mark();
                    run.record().now.crashesAtMark = run.crashes();
                    run.record().now.crashes = run.crashes();
                }
                putBack(work, run.record(), RunOutcome.CRASHED, sign);
                putBack.add(run.record().id);
            }
        }
        return List.copyOf(putBack);
    }

    /**
     * Parks jobs whose leases have ended.
     *
     * @param reading the time by the clock of the caller
     */
    public static Change<List<UUID>> afterLease(Work work, Instant reading) {
        return () -> {
            work.flush();
            Instant now = work.asked(reading);
            List<UUID> expired = work.session().list(EXPIRED, row -> row.getObject(1, UUID.class), Micros.of(now));
            long until = Micros.of(now);
            return putBack(
                    work,
                    expired,
                    record -> record.now.leaseUntil != null && record.now.leaseUntil <= until,
                    RunOutcome.LEASE_LOST,
                    now);
        };
    }

    /** Puts back those of some jobs that still run as a query has found them: another server may have ended one since, or kept its lease. */
    private static List<UUID> putBack(
            Work work, List<UUID> found, Predicate<JobRecord> isStill, RunOutcome outcome, Instant ended)
            throws SQLException {
        work.records().load(found);
        List<UUID> parked = new ArrayList<>();
        for (UUID id : found) {
            JobRecord record = work.records().find(id);
            if (record != null && record.now.place == Place.RUNS && isStill.test(record)) {
                putBack(work, record, outcome, ended);
                parked.add(id);
            }
        }
        work.changes().waiting(parked);
        return List.copyOf(parked);
    }

    private static Crashed crashed(JobRecord record, boolean alone) {
        JobColumns now = record.now;
        String mark = CrashMark.of(now.taskIndex, JsonColumn.map(record.checkpoint));
        return new Crashed(
                record, mark, mark.equals(now.crashMark) ? now.crashesAtMark + 1 : 1, alone || now.trialUntil != null);
    }

    private static void putBack(Work work, JobRecord record, RunOutcome outcome, Instant ended) {
        JobColumns now = record.now;
        work.rows().formerRun(record, Micros.of(ended), outcome.wireName(), null);
        RunOutcomes.forget(work, record);
        if (now.results > now.finalResults) {
            work.rows().dropResults(record.job, now.finalResults);
            now.results = now.finalResults;
        }
        now.lane = Rank.of(record.priority, ParkReason.INTERRUPTED, Micros.instantOrNull(now.runStartedAt));
        now.leaseUntil = null;
        now.owner = 0;
        now.trialUntil = null;
        now.parked = StatusText.parkedText(ParkReason.INTERRUPTED);
        work.move(record, JobStatus.PENDING, Place.READY);
    }

    private static void fail(Work work, Crashed run, Instant sign) throws SQLException {
        JobRecord record = run.record();
        work.rows().formerRun(record, Micros.of(sign), RunOutcome.CRASHED.wireName(), null);
        record.now.crashes = run.crashes();
        Ends.end(work, record, JobStatus.FAILED, failure(record.job(), run.crashes()));
        work.changes().note(JobChange.Kind.ENDED, record.id, record.now.epoch);
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

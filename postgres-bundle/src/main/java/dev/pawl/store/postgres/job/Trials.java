package dev.pawl.store.postgres.job;

import dev.pawl.service.store.ClaimRequest;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The trials of jobs in a crash loop, whose runs ended with the process repeatedly. Each of them begins alone and runs alone for a while: if
 * the process ends then, the cause is known.
 */
final class Trials {

    private static final String OF_HERE = " FROM runs WHERE lease_until IS NULL AND " + Recovery.IS_HERE;
    /** The query for the end of the trial that runs at an owner, in microseconds; null for none. */
    static final String UNTIL = "SELECT max(trial_until)" + OF_HERE + " AND trial_until IS NOT NULL";

    private static final String LATEST_BEGUN = "SELECT max(run_started_at)" + OF_HERE;
    private static final String TRIED =
            "SELECT j.id FROM jobs j JOIN runs USING (job) WHERE trial_until IS NOT NULL AND lease_until IS NULL AND "
                    + Recovery.IS_HERE;
    private static final String WAITING =
            "SELECT job, module_key, generation FROM ready WHERE crashes >= 2 ORDER BY lane, queued_at, job";

    private Trials() {}

    /** A suspected job that waits. */
    record Suspect(long job, String moduleKey, long generation) {}

    /** Whether a trial is running, so that no other job may begin here; ends a trial whose time is over. */
    static boolean isRunning(Work work) throws SQLException {
        work.flush();
        return isRunning(work, work.session().number(UNTIL, work.owner()));
    }

    /** The query for the end of the trial that runs here, in microseconds; null or 0 when there is none. */
    static SqlCall until(Work work) {
        return new SqlCall(UNTIL, work.owner());
    }

    /** Whether the trial is running that ends at a time; ends it when its time is over. */
    static boolean isRunning(Work work, long until) throws SQLException {
        if (until == 0) {
            return false;
        }
        if (isAhead(until, work.now())) {
            return true;
        }
        List<UUID> tried = work.session().list(TRIED, row -> row.getObject(1, UUID.class), work.owner());
        work.records().load(tried);
        for (UUID id : tried) {
            JobRecord record = work.records().find(id);
            if (record != null && record.now.place == Place.RUNS && record.now.owner == work.owner()) {
                record.now.trialUntil = null;
                work.touch(record);
            }
        }
        work.flush();
        return false;
    }

    /** The first suspected job that waits and may run; while there is one, no other job begins here. */
    static Optional<Suspect> first(Work work, Predicate<String> mayRun) throws SQLException {
        List<Suspect> waiting = new ArrayList<>();
        work.flush(List.of(waiting(waiting)));
        return waiting.stream()
                .filter(suspect -> mayRun.test(suspect.moduleKey()))
                .findFirst();
    }

    /** The query for all suspected jobs that wait, in order. */
    static SqlCall waiting(List<Suspect> found) {
        return new SqlCall(WAITING)
                .each(row -> found.add(new Suspect(row.getLong(1), Session.presentText(row, 2), row.getLong(3))));
    }

    /** Whether all jobs that run here have been running for the time of a trial. */
    static boolean canBegin(Work work) throws SQLException {
        return !isAhead(work.session().number(LATEST_BEGUN, work.owner()) + micros(), work.now());
    }

    /** The time at which the next job may begin, if it waits for trials. */
    static Optional<Instant> nextBegin(Session session, long owner, Instant now) throws SQLException {
        long until = session.number(UNTIL, owner);
        if (until == 0
                && !session.list(WAITING + " LIMIT 1", row -> row.getLong(1)).isEmpty()) {
            until = session.number(LATEST_BEGUN, owner) + micros();
        }
        return isAhead(until, now) ? Optional.of(Micros.instant(until)) : Optional.empty();
    }

    /** A time later than the end of any trial means that the clock was set back since. */
    private static boolean isAhead(long until, Instant now) {
        long left = until - Micros.of(now);
        return left > 0 && left <= micros();
    }

    static long micros() {
        return ClaimRequest.TRIAL.toNanos() / 1_000;
    }
}

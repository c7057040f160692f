package dev.pawl.store.sqlite.job;

import dev.pawl.service.store.ClaimRequest;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Handles jobs in a crash loop, whose runs ended with the process repeatedly. Each of them begins alone and runs alone for a while: if the
 * process ends then, the cause is known.
 */
final class CrashLoops {

    private static final String TRIAL_UNTIL =
            "SELECT max(trial_until) FROM jobs INDEXED BY jobs_on_trial WHERE trial_until IS NOT NULL";
    private static final String END_TRIALS =
            "UPDATE jobs INDEXED BY jobs_on_trial SET trial_until = NULL WHERE trial_until IS NOT NULL";
    private static final String BEGIN_TRIAL = "UPDATE jobs SET trial_until = ? WHERE seq = ?";
    private static final String WAITING = """
            SELECT seq, module_key FROM jobs INDEXED BY jobs_suspected \
            WHERE status = 'pending' AND due_at IS NULL AND crashes >= 2 ORDER BY rank, seq\
            """;
    private static final String LATEST_BEGUN = """
            SELECT max(run_started_at) FROM jobs INDEXED BY jobs_running WHERE status = 'running' AND leased_until IS NULL\
            """;

    private CrashLoops() {}

    /** A suspected job that waits. */
    record Suspect(long seq, String moduleKey) {}

    /** Whether a trial is running, so that no other job may begin here; ends a trial whose time is over. */
    static boolean onTrial(Session session, Instant now) throws SQLException {
        long until = session.number(TRIAL_UNTIL);
        if (until == 0) {
            return false;
        }
        if (isAhead(until, now)) {
            return true;
        }
        session.update(END_TRIALS);
        return false;
    }

    /** The first suspected job that waits and may run; while there is one, no other job begins here. */
    static Optional<Suspect> first(Session session, Predicate<String> mayRun) throws SQLException {
        return session.list(WAITING, row -> new Suspect(row.getLong(1), row.getString(2))).stream()
                .filter(suspect -> mayRun.test(suspect.moduleKey()))
                .findFirst();
    }

    /** Whether all jobs that run here have been running for the time of a trial. */
    static boolean canBegin(Session session, Instant now) throws SQLException {
        return !isAhead(session.number(LATEST_BEGUN) + micros(), now);
    }

    static void begin(Session session, long seq, Instant now) throws SQLException {
        session.update(BEGIN_TRIAL, Micros.of(now) + micros(), seq);
    }

    /** The time at which the next job may begin, if it waits for trials. */
    static Optional<Instant> nextBegin(Session session, Instant now) throws SQLException {
        long until = session.number(TRIAL_UNTIL);
        if (until == 0
                && !session.list(WAITING + " LIMIT 1", row -> row.getLong(1)).isEmpty()) {
            until = session.number(LATEST_BEGUN) + micros();
        }
        return isAhead(until, now) ? Optional.of(Micros.instant(until)) : Optional.empty();
    }

    /** A time later than the end of any trial means that the clock was set back since. */
    private static boolean isAhead(long until, Instant now) {
        long left = until - Micros.of(now);
        return left > 0 && left <= micros();
    }

    private static long micros() {
        return ClaimRequest.TRIAL.toNanos() / 1_000;
    }
}

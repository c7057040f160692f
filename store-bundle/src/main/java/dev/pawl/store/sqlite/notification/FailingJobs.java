package dev.pawl.store.sqlite.notification;

import dev.pawl.service.store.NotificationStore;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.JobKind;
import dev.pawl.store.kit.notification.RuleSet;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The kinds of jobs whose last job has failed, by rule, for those that tell when one completes. Their number is known, so that a job that completes costs
 * nothing while none is failing. Used by the writer's thread alone.
 */
final class FailingJobs {

    private static final String COUNT = "SELECT count(*) FROM failing_jobs";
    private static final String ADD = """
            INSERT INTO failing_jobs (rule, job_kind, since, failures) VALUES (?, ?, ?, 1) \
            ON CONFLICT (rule, job_kind) DO UPDATE SET failures = failures + 1\
            """;
    private static final String FIND = "SELECT since, failures FROM failing_jobs WHERE rule = ? AND job_kind = ?";
    private static final String REMOVE = "DELETE FROM failing_jobs WHERE rule = ? AND job_kind = ?";
    private static final String FORGET_OLDEST =
            "DELETE FROM failing_jobs WHERE n IN (SELECT n FROM failing_jobs ORDER BY n LIMIT ?)";

    private long count;

    /** Learns how many there are, when a rule asks for it. */
    void load(Session session, RuleSet rules) throws SQLException {
        count = rules.tellsOfRecovery() ? session.number(COUNT) : 0;
    }

    boolean isAny() {
        return count > 0;
    }

    /** A job has failed. */
    void failed(Session session, long rule, byte[] kind, Instant at) throws SQLException {
        session.update(ADD, rule, kind, Micros.of(at));
        count = session.number(COUNT);
        if (count > NotificationStore.MOST_FAILING) {
            count -= session.update(FORGET_OLDEST, count - NotificationStore.MOST_FAILING);
        }
    }

    /** A job has completed; returns the failures before it. */
    Optional<JobKind.Streak> completed(Session session, long rule, byte[] kind) throws SQLException {
        Optional<JobKind.Streak> streak =
                session.first(FIND, row -> new JobKind.Streak(Micros.read(row, 1), row.getLong(2)), rule, kind);
        if (streak.isPresent()) {
            count -= session.update(REMOVE, rule, kind);
        }
        return streak;
    }

    void forget() {
        count = 0;
    }
}

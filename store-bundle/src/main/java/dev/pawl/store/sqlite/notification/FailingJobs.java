package dev.pawl.store.sqlite.notification;

import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of jobs whose last job has failed, by rule, for those that tell when one completes. Their number is known, so that a job that completes costs
 * nothing while none is failing. Used by the writer's thread alone.
 */
final class FailingJobs {

    private static final int DIGEST_BYTES = 16;

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

    /**
     * Failures in a row.
     *
     * @param since the time of the first
     * @param failures their number
     */
    record Streak(Instant since, long failures) {}

    /** A kind of jobs: those of a title and modules. */
    static byte[] kind(String title, String moduleKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((moduleKey + '\n' + title).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    /** Learns how many there are, when a rule asks for it. */
    void load(Session session, List<RuleRows.Row> rules) throws SQLException {
        boolean isNeeded =
                rules.stream().anyMatch(row -> row.rule().tellsOf(NotificationEvent.COMPLETED_AFTER_FAILING));
        count = isNeeded ? session.number(COUNT) : 0;
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
    Optional<Streak> completed(Session session, long rule, byte[] kind) throws SQLException {
        Optional<Streak> streak =
                session.first(FIND, row -> new Streak(Micros.read(row, 1), row.getLong(2)), rule, kind);
        if (streak.isPresent()) {
            count -= session.update(REMOVE, rule, kind);
        }
        return streak;
    }

    void forget() {
        count = 0;
    }
}

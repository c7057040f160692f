package dev.pawl.store.postgres.notification;

import dev.pawl.service.store.NotificationStore;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.JobKind.Streak;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The kinds of jobs whose last job has failed, by rule: read for the ends of a transaction, changed in memory, and written. */
final class FailingJobs {

    /** Whether there is any, as SQL. */
    static final String IS_ANY = "EXISTS (SELECT 1 FROM failing_jobs)";

    private static final String WANTED = "unnest(?::int8[], ?::uuid[]) AS w (rule, job_kind)";
    private static final String FIND = "SELECT f.rule, f.job_kind, f.since, f.failures FROM " + WANTED
            + " JOIN failing_jobs f ON f.rule = w.rule AND f.job_kind = w.job_kind";
    private static final String REMOVE =
            "DELETE FROM failing_jobs f USING " + WANTED + " WHERE f.rule = w.rule AND f.job_kind = w.job_kind";
    private static final String PUT = "INSERT INTO failing_jobs (rule, job_kind, since, failures) "
            + "SELECT w.rule, w.job_kind, w.since, w.failures FROM unnest(?::int8[], ?::uuid[], ?::int8[], ?::int8[]) "
            + "AS w (rule, job_kind, since, failures) JOIN notification_rules r ON r.n = w.rule "
            + "ON CONFLICT (rule, job_kind) DO UPDATE SET since = excluded.since, failures = excluded.failures";
    private static final String FORGET_OLDEST = "DELETE FROM failing_jobs WHERE n <= "
            + "(SELECT n FROM failing_jobs ORDER BY n DESC LIMIT 1 OFFSET " + NotificationStore.MOST_FAILING + ")";

    private final Map<Key, Streak> before = new HashMap<>();
    private final Map<Key, Streak> now = new LinkedHashMap<>();

    /** A kind of jobs in the eyes of a rule. */
    record Key(long rule, UUID kind) {

        static Key of(long rule, byte[] digest) {
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new Key(rule, new UUID(bytes.getLong(), bytes.getLong()));
        }
    }

    private FailingJobs() {}

    /** Reads those of some kinds. */
    static FailingJobs find(Session session, Set<Key> keys) throws SQLException {
        FailingJobs found = new FailingJobs();
        session.list(
                FIND,
                row -> found.before.put(
                        new Key(row.getLong(1), row.getObject(2, UUID.class)),
                        new Streak(Micros.read(row, 3), row.getLong(4))),
                rules(keys),
                kinds(keys));
        found.now.putAll(found.before);
        return found;
    }

    boolean isEmpty() {
        return before.isEmpty();
    }

    /** A job has failed. */
    void failed(Key key, Instant at) {
        Streak streak = now.get(key);
        now.put(key, streak == null ? new Streak(at, 1) : new Streak(streak.since(), streak.failures() + 1));
    }

    /** A job has completed; returns the failures before it. */
    @Nullable
    Streak completed(Key key) {
        return now.remove(key);
    }

    /** Writes what has changed. */
    void write(Session session) throws SQLException {
        Set<Key> gone = new HashSet<>(before.keySet());
        gone.removeAll(now.keySet());
        if (!gone.isEmpty()) {
            session.update(REMOVE, rules(gone), kinds(gone));
        }
        Map<Key, Streak> put = new LinkedHashMap<>(now);
        put.entrySet().removeAll(before.entrySet());
        if (!put.isEmpty()) {
            List<Streak> streaks = List.copyOf(put.values());
            session.update(
                    PUT,
                    rules(put.keySet()),
                    kinds(put.keySet()),
                    SqlArray.numbers(streaks.stream()
                            .map(streak -> Micros.of(streak.since()))
                            .toList()),
                    SqlArray.numbers(streaks.stream().map(Streak::failures).toList()));
            if (!before.keySet().containsAll(put.keySet())) {
                session.update(FORGET_OLDEST);
            }
        }
    }

    private static SqlArray rules(Collection<Key> keys) {
        return SqlArray.numbers(keys.stream().map(Key::rule).toList());
    }

    private static SqlArray kinds(Collection<Key> keys) {
        return SqlArray.ids(keys.stream().map(Key::kind).toList());
    }
}

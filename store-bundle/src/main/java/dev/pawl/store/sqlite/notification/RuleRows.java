package dev.pawl.store.sqlite.notification;

import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of rules, by name. */
public final class RuleRows {

    private static final String SELECT =
            "SELECT n, name, revision, changed_at, host, definition, ran_to, waited_to FROM notification_rules ";
    private static final String FIND = SELECT + "WHERE name = ?";
    private static final String LIST = SELECT + "WHERE name > ? ORDER BY name LIMIT ?";
    private static final String ALL = SELECT + "ORDER BY n";
    private static final String COUNT = "SELECT count(*) FROM notification_rules";
    private static final String HAS_ANY = "SELECT EXISTS (SELECT 1 FROM notification_rules)";
    private static final String NUMBER = "SELECT n FROM notification_rules WHERE name = ?";
    private static final String ADD = """
            INSERT INTO notification_rules (name, revision, changed_at, host, definition) VALUES (?, 1, ?, ?, ?) \
            ON CONFLICT (name) DO NOTHING\
            """;
    private static final String CHANGE = """
            UPDATE notification_rules SET revision = revision + 1, changed_at = ?, host = ?, definition = ?, ran_to = ?, waited_to = ? \
            WHERE name = ? AND revision = ?\
            """;
    private static final String DELETE = "DELETE FROM notification_rules WHERE name = ?";
    private static final String TOLD_RUNS =
            "UPDATE notification_rules SET ran_to = ? WHERE n = ? AND ran_to = ? AND revision = ?";
    private static final String TOLD_WAITS =
            "UPDATE notification_rules SET waited_to = ? WHERE n = ? AND waited_to = ? AND revision = ?";

    private RuleRows() {}

    /**
     * A rule with what only the store uses.
     *
     * @param n its number
     * @param ranTo up to when runs whose time was over have been told
     * @param waitedTo the same for waits
     */
    record Row(long n, KeptNotificationRule kept, Instant ranTo, Instant waitedTo) {

        NotificationRule rule() {
            return kept.rule();
        }

        /** Up to when the jobs of an outcome with a time have been told. */
        Instant toldTo(NotificationEvent event) {
            return event == NotificationEvent.RUNNING_LONGER_THAN ? ranTo : waitedTo;
        }
    }

    public static Optional<KeptNotificationRule> find(Session session, String name) throws SQLException {
        Optional<Row> row = session.first(FIND, RuleRows::read, name);
        return row.isEmpty() ? Optional.empty() : Optional.of(withLast(session, row.get()));
    }

    public static List<KeptNotificationRule> list(Session session, String after, int limit) throws SQLException {
        List<KeptNotificationRule> kept = new ArrayList<>();
        for (Row row : session.listUpTo(
                JobStore.PAGE_CHARACTERS,
                (rule, found) -> found.getString(6).length(),
                LIST,
                RuleRows::read,
                after,
                limit)) {
            kept.add(withLast(session, row));
        }
        return kept;
    }

    static List<Row> all(Session session) throws SQLException {
        return session.list(ALL, RuleRows::read);
    }

    public static boolean hasAny(Session session) throws SQLException {
        return session.number(HAS_ANY) != 0;
    }

    static Optional<Long> number(Session session, String name) throws SQLException {
        return session.first(NUMBER, row -> row.getLong(1), name);
    }

    private static KeptNotificationRule withLast(Session session, Row row) throws SQLException {
        List<Notification> last = MessageRows.of(session, row.n(), Long.MAX_VALUE, 1);
        KeptNotificationRule kept = row.kept();
        return new KeptNotificationRule(
                kept.rule(), kept.host(), kept.revision(), kept.changedAt(), last.isEmpty() ? null : last.get(0));
    }

    /** The rule as JSON. */
    public static String definition(KeptNotificationRule kept) {
        return RuleJson.write(kept.rule());
    }

    /** Adds a row, or changes the one of its name; false when that has another revision. */
    public static boolean put(Session session, KeptNotificationRule kept, String definition) throws SQLException {
        long changedAt = Micros.of(kept.changedAt());
        if (kept.revision() == 0) {
            if (session.number(COUNT) >= Notifications.MOST_RULES) {
                throw new ProblemException(
                        ProblemCode.TOO_MANY_NOTIFICATIONS,
                        "There are " + Notifications.MOST_RULES + " notifications already.");
            }
            return session.update(ADD, kept.name(), changedAt, kept.host(), definition) > 0;
        }
        Optional<Row> former = session.first(FIND, RuleRows::read, kept.name());
        if (former.isEmpty()) {
            return false;
        }
        return session.update(
                        CHANGE,
                        changedAt,
                        kept.host(),
                        definition,
                        kept(former.get(), kept.rule(), NotificationEvent.RUNNING_LONGER_THAN),
                        kept(former.get(), kept.rule(), NotificationEvent.WAITING_LONGER_THAN),
                        kept.name(),
                        kept.revision())
                > 0;
    }

    /** Up to when jobs have been told; from the beginning when the rule's time is another one now. */
    private static long kept(Row former, NotificationRule rule, NotificationEvent event) {
        return former.rule().limit(event).equals(rule.limit(event)) ? Micros.of(former.toldTo(event)) : 0;
    }

    public static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    /** Moves the time up to which jobs have been told; false when the rule was changed, or someone else has told them. */
    static boolean told(Session session, Row row, NotificationEvent event, Instant upTo) throws SQLException {
        return session.update(
                        event == NotificationEvent.RUNNING_LONGER_THAN ? TOLD_RUNS : TOLD_WAITS,
                        Micros.of(upTo),
                        row.n(),
                        Micros.of(row.toldTo(event)),
                        row.kept().revision())
                > 0;
    }

    private static Row read(ResultSet row) throws SQLException {
        NotificationRule rule = RuleJson.read(row.getString(2), row.getString(6));
        return new Row(
                row.getLong(1),
                new KeptNotificationRule(rule, row.getString(5), row.getLong(3), Micros.read(row, 4), null),
                Micros.read(row, 7),
                Micros.read(row, 8));
    }
}

package dev.pawl.store.postgres.notification;

import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.RuleJson;
import dev.pawl.store.kit.notification.StoredRule;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of rules, by name. Changes of them follow each other: they come after {@link MessageRows#lock}. */
public final class RuleRows {

    /** The number of changes of rules, as SQL. */
    public static final String CHANGES = "coalesce((SELECT rules FROM notification_state WHERE one = 1), 0)";

    private static final String SELECT =
            "SELECT n, name, revision, changed_at, host, definition, ran_to, waited_to FROM notification_rules ";
    private static final String FIND = SELECT + "WHERE name = ?";
    private static final String LIST = SELECT + "WHERE name > ? ORDER BY name LIMIT ?";
    private static final String ALL = SELECT + "ORDER BY n";
    private static final String COUNT = "SELECT count(*) FROM notification_rules";
    private static final String NUMBER = "SELECT n FROM notification_rules WHERE name = ?";
    private static final String ADD = "INSERT INTO notification_rules (name, revision, changed_at, host, definition) "
            + "VALUES (?, 1, ?, ?, ?) ON CONFLICT (name) DO NOTHING";
    private static final String CHANGE =
            "UPDATE notification_rules SET revision = revision + 1, changed_at = ?, host = ?, definition = ?, ran_to = ?, waited_to = ? "
                    + "WHERE name = ? AND revision = ?";
    private static final String DELETE = "DELETE FROM notification_rules WHERE name = ?";
    private static final String TOLD_RUNS =
            "UPDATE notification_rules SET ran_to = ? WHERE n = ? AND ran_to = ? AND revision = ?";
    private static final String TOLD_WAITS =
            "UPDATE notification_rules SET waited_to = ? WHERE n = ? AND waited_to = ? AND revision = ?";
    private static final String CHANGED = "INSERT INTO notification_state AS s (one, rules) VALUES (1, 1) "
            + "ON CONFLICT (one) DO UPDATE SET rules = s.rules + 1 RETURNING rules";

    private RuleRows() {}

    public static Optional<KeptNotificationRule> find(Session session, String name) throws SQLException {
        Optional<StoredRule> row = session.first(FIND, RuleRows::read, name);
        return row.isEmpty() ? Optional.empty() : Optional.of(withLast(session, row.get()));
    }

    public static List<KeptNotificationRule> list(Session session, String after, int limit) throws SQLException {
        return session.atOneMoment(moment -> {
            List<KeptNotificationRule> kept = new ArrayList<>();
            for (StoredRule row : moment.listUpTo(
                    JobStore.PAGE_CHARACTERS,
                    rule -> RuleJson.write(rule.rule()).length(),
                    LIST,
                    RuleRows::read,
                    after,
                    limit)) {
                kept.add(withLast(moment, row));
            }
            return kept;
        });
    }

    static List<StoredRule> all(Session session) throws SQLException {
        return session.list(ALL, RuleRows::read);
    }

    public static boolean hasAny(Session session) throws SQLException {
        return session.number(COUNT) != 0;
    }

    static Optional<Long> number(Session session, String name) throws SQLException {
        return session.first(NUMBER, row -> row.getLong(1), name);
    }

    private static KeptNotificationRule withLast(Session session, StoredRule row) throws SQLException {
        List<Notification> last = MessageRows.of(session, row.n(), Long.MAX_VALUE, 1);
        KeptNotificationRule kept = row.kept();
        return new KeptNotificationRule(
                kept.rule(), kept.host(), kept.revision(), kept.changedAt(), last.isEmpty() ? null : last.get(0));
    }

    /** Adds a row, or changes the one of its name; false when that has another revision. */
    public static boolean put(Session session, KeptNotificationRule kept, String definition, Instant at)
            throws SQLException {
        if (kept.revision() == 0) {
            if (session.number(COUNT) >= Notifications.MOST_RULES) {
                throw new ProblemException(
                        ProblemCode.TOO_MANY_NOTIFICATIONS,
                        "There are " + Notifications.MOST_RULES + " notifications already.");
            }
            return session.update(ADD, kept.name(), Micros.of(at), kept.host(), definition) > 0;
        }
        Optional<StoredRule> former = session.first(FIND, RuleRows::read, kept.name());
        if (former.isEmpty()) {
            return false;
        }
        NotificationRule rule = kept.rule();
        return session.update(
                        CHANGE,
                        Micros.of(at),
                        kept.host(),
                        definition,
                        Micros.of(former.get().keptTo(rule, NotificationEvent.RUNNING_LONGER_THAN)),
                        Micros.of(former.get().keptTo(rule, NotificationEvent.WAITING_LONGER_THAN)),
                        kept.name(),
                        kept.revision())
                > 0;
    }

    public static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    /** Counts a change of rules, so that all servers read them anew. */
    public static void changed(Session session) throws SQLException {
        session.first(CHANGED, row -> row.getLong(1));
    }

    /** Moves the time up to which jobs have been told; false when the rule was changed, or someone else has told them. */
    static boolean told(Session session, StoredRule row, NotificationEvent event, Instant upTo) throws SQLException {
        return session.update(
                        event == NotificationEvent.RUNNING_LONGER_THAN ? TOLD_RUNS : TOLD_WAITS,
                        Micros.of(upTo),
                        row.n(),
                        Micros.of(row.toldTo(event)),
                        row.kept().revision())
                > 0;
    }

    private static StoredRule read(ResultSet row) throws SQLException {
        NotificationRule rule = RuleJson.read(Session.presentText(row, 2), Session.presentText(row, 6));
        return new StoredRule(
                row.getLong(1),
                new KeptNotificationRule(rule, Session.presentText(row, 5), row.getLong(3), Micros.read(row, 4), null),
                Micros.read(row, 7),
                Micros.read(row, 8));
    }
}

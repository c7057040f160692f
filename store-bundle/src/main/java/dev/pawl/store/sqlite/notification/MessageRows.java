package dev.pawl.store.sqlite.notification;

import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.OccurrenceJson;
import dev.pawl.store.kit.notification.Occurrences;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of messages and their tries. */
public final class MessageRows {

    private static final String SELECT =
            "SELECT n, id, event, state, closed_at, next_at, count, first_at, last_at, examples FROM notifications ";
    private static final String OF_RULE = SELECT + "WHERE rule = ? AND n < ? ORDER BY n DESC LIMIT ?";
    private static final String ONE = SELECT + "WHERE n = ?";
    private static final String TRIES =
            "SELECT at, took_ms, status, error, answer FROM notification_tries WHERE notification = ? ORDER BY n";

    /** A message of the same rule that has begun, and goes on, or is an earlier one that is due no later. */
    private static final String OTHER = """
            (SELECT 1 FROM notifications o INDEXED BY notifications_retried WHERE o.rule = m.rule AND o.n <> m.n \
            AND o.closed_at IS NOT NULL AND o.next_at IS NOT NULL AND o.event <> 'test' \
            UNION ALL SELECT 1 FROM notifications o INDEXED BY notifications_open WHERE o.rule = m.rule AND o.n < m.n \
            AND o.closed_at IS NULL AND o.next_at <= m.next_at)\
            """;

    private static final String DUE = """
            SELECT m.n, m.id, r.name, r.host, m.tries FROM notifications m INDEXED BY notifications_due \
            JOIN notification_rules r ON r.n = m.rule \
            WHERE m.next_at <= ? AND r.host NOT IN (SELECT value FROM json_each(?)) AND m.n NOT IN (SELECT value FROM json_each(?)) \
            AND (m.closed_at IS NOT NULL OR NOT EXISTS %s) ORDER BY m.next_at, m.n LIMIT ?\
            """.formatted(OTHER);
    private static final String NEXT_DUE =
            "SELECT min(next_at) FROM notifications INDEXED BY notifications_due WHERE next_at > ?";
    private static final String CLOSE = """
            UPDATE notifications AS m SET closed_at = ? WHERE n = ? AND closed_at IS NULL AND NOT EXISTS %s\
            """.formatted(OTHER);
    private static final String IS_DUE =
            "SELECT count(*) FROM notifications WHERE n = ? AND closed_at IS NOT NULL AND next_at IS NOT NULL";
    private static final String ADD_TRY = """
            INSERT INTO notification_tries (notification, n, at, took_ms, status, error, answer) \
            SELECT ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ? FROM notification_tries WHERE notification = ?\
            """;
    private static final String FORGET_TRIES = """
            DELETE FROM notification_tries WHERE notification = ? AND n <= (SELECT max(n) FROM notification_tries WHERE notification = ?) - \
            """ + NotificationStore.MOST_TRIES;
    private static final String TRIED =
            "UPDATE notifications SET state = ?, since = ?, next_at = ?, tries = tries + 1 WHERE n = ? AND tries = ? AND state = 'waiting'";
    private static final String HASTEN = """
            UPDATE notifications INDEXED BY notifications_due SET next_at = ?, since = ? \
            WHERE next_at IS NOT NULL AND since > ?\
            """;
    private static final String OPEN =
            "SELECT n, count, first_at, last_at, examples FROM notifications WHERE rule = ? AND event = ? AND closed_at IS NULL";
    private static final String GROW = """
            UPDATE notifications SET count = ?, first_at = ?, last_at = ?, examples = ? WHERE n = ?\
            """;
    private static final String ADD = """
            INSERT INTO notifications (id, rule, event, state, closed_at, since, next_at, count, first_at, last_at, examples) \
            VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String LAST_OF_RULE = "SELECT max(n) FROM notifications WHERE rule = ?";
    private static final String LAST_CLOSED = "SELECT max(closed_at) FROM notifications WHERE rule = ? AND event = ?";
    private static final String OPEN_DUE =
            "SELECT max(next_at) FROM notifications WHERE rule = ? AND event = ? AND closed_at IS NULL";
    private static final String FORGET = """
            DELETE FROM notifications WHERE rule = ? AND next_at IS NULL AND n <= \
            (SELECT n FROM notifications WHERE rule = ? AND next_at IS NULL ORDER BY n DESC LIMIT 1 OFFSET ?)\
            """;

    private MessageRows() {}

    /** An open message. */
    record Open(long n, Occurrences told) {}

    /** The messages of a rule before a number, the latest first. */
    static List<Notification> of(Session session, long rule, long before, int limit) throws SQLException {
        List<Notification> found = new ArrayList<>();
        for (Notification message : session.list(OF_RULE, MessageRows::read, rule, before, limit)) {
            found.add(withTries(session, message));
        }
        return found;
    }

    /** The messages of a rule before a number, the latest first. */
    public static List<Notification> of(Session session, String rule, long before, int limit) throws SQLException {
        return session.atOneMoment(moment -> {
            Optional<Long> n = RuleRows.number(moment, rule);
            return n.isEmpty() ? List.of() : of(moment, n.get(), before, limit);
        });
    }

    private static Notification withTries(Session session, Notification message) throws SQLException {
        List<DeliveryTry> tries = session.list(TRIES, MessageRows::oneTry, message.n());
        return new Notification(
                message.n(),
                message.id(),
                message.event(),
                message.state(),
                message.closedAt(),
                message.nextAt(),
                message.count(),
                message.firstAt(),
                message.lastAt(),
                message.examples(),
                tries);
    }

    public static List<DueNotification> due(
            Session session, Instant upTo, Collection<String> busy, Collection<Long> underWay, int limit)
            throws SQLException {
        return session.list(
                DUE,
                row -> new DueNotification(
                        row.getLong(1),
                        JobIds.uuid(row.getBytes(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5)),
                Micros.of(upTo),
                JsonColumn.write(List.copyOf(busy)),
                JsonColumn.write(List.copyOf(underWay)),
                limit);
    }

    public static Optional<Instant> nextDue(Session session, Instant after) throws SQLException {
        return session.first(NEXT_DUE, row -> Optional.ofNullable(Micros.readNullable(row, 1)), Micros.of(after))
                .flatMap(found -> found);
    }

    /** Closes a message; empty when it has no further try, or another one of its rule goes first. */
    public static Optional<Notification> close(Session session, DueNotification due, Instant at) throws SQLException {
        session.update(CLOSE, Micros.of(at), due.number());
        return session.number(IS_DUE, due.number()) == 0
                ? Optional.empty()
                : session.first(ONE, MessageRows::read, due.number());
    }

    /** Records a try; false when the message is gone, or no longer as it was when the try began. */
    public static boolean tried(
            Session session, DueNotification due, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt)
            throws SQLException {
        long n = due.number();
        long at = Micros.of(made.at());
        if (session.update(TRIED, state.wireName(), at, Micros.ofNullable(nextAt), n, due.tries()) == 0) {
            return false;
        }
        session.update(ADD_TRY, n, at, made.took().toMillis(), made.status(), made.error(), made.answer(), n);
        session.update(FORGET_TRIES, n, n);
        return true;
    }

    public static int hasten(Session session, Instant now) throws SQLException {
        long time = Micros.of(now);
        return session.update(HASTEN, time, time, time);
    }

    static Optional<Open> open(Session session, long rule, NotificationEvent event) throws SQLException {
        return session.first(
                OPEN,
                row -> new Open(
                        row.getLong(1),
                        new Occurrences(
                                row.getLong(2),
                                Micros.read(row, 3),
                                Micros.read(row, 4),
                                OccurrenceJson.read(row.getString(5)))),
                rule,
                event.wireName());
    }

    static void grow(Session session, Open open, Occurrences more) throws SQLException {
        Occurrences all = open.told().and(more);
        session.update(
                GROW,
                all.count(),
                Micros.of(all.firstAt()),
                Micros.of(all.lastAt()),
                OccurrenceJson.write(all.examples()),
                open.n());
    }

    /**
     * Adds a message, which is due at a time; nothing is added to one of a test any more.
     *
     * @return its number
     */
    static long add(Session session, long rule, NotificationEvent event, Occurrences told, Instant now, Instant dueAt)
            throws SQLException {
        session.update(FORGET, rule, rule, NotificationStore.MOST_MESSAGES - 1);
        session.update(
                ADD,
                JobIds.bytes(UUID.randomUUID()),
                rule,
                event.wireName(),
                event == NotificationEvent.TEST ? Micros.of(now) : null,
                Micros.of(now),
                Micros.of(dueAt),
                told.count(),
                Micros.of(told.firstAt()),
                Micros.of(told.lastAt()),
                OccurrenceJson.write(told.examples()));
        return session.number(LAST_OF_RULE, rule);
    }

    static Optional<Notification> find(Session session, long n) throws SQLException {
        return session.first(ONE, MessageRows::read, n);
    }

    /** When the last message of an outcome was closed. */
    static Optional<Instant> lastClosed(Session session, long rule, NotificationEvent event) throws SQLException {
        return time(session, LAST_CLOSED, rule, event);
    }

    /** When the open message of an outcome is due. */
    static Optional<Instant> openDue(Session session, long rule, NotificationEvent event) throws SQLException {
        return time(session, OPEN_DUE, rule, event);
    }

    private static Optional<Instant> time(Session session, String query, long rule, NotificationEvent event)
            throws SQLException {
        return session.first(query, row -> Optional.ofNullable(Micros.readNullable(row, 1)), rule, event.wireName())
                .flatMap(found -> found);
    }

    private static Notification read(ResultSet row) throws SQLException {
        return new Notification(
                row.getLong(1),
                JobIds.uuid(row.getBytes(2)),
                NotificationEvent.of(row.getString(3)).orElseThrow(),
                DeliveryState.of(row.getString(4)),
                Micros.readNullable(row, 5),
                Micros.readNullable(row, 6),
                row.getLong(7),
                Micros.read(row, 8),
                Micros.read(row, 9),
                OccurrenceJson.read(row.getString(10)),
                List.of());
    }

    private static DeliveryTry oneTry(ResultSet row) throws SQLException {
        int status = row.getInt(3);
        return new DeliveryTry(
                Micros.read(row, 1),
                Duration.ofMillis(row.getLong(2)),
                status == 0 ? null : status,
                row.getString(4),
                row.getString(5));
    }
}

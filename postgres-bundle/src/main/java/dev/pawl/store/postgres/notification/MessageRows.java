package dev.pawl.store.postgres.notification;

import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.OccurrenceJson;
import dev.pawl.store.kit.notification.Occurrences;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.StoreClock;
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

/** The rows of messages and their tries. Whoever changes them takes {@link #lock} first, so that what the tables say together stays true. */
public final class MessageRows {

    /**
     * Makes transactions that change rules or messages follow each other. The lock is of this table, and of the transaction, so that it is left
     * with it through poolers too.
     */
    private static final String LOCK = "SELECT pg_advisory_xact_lock('notifications'::regclass::oid::int4, 0)";

    /** The longest time for which nobody else tries a message. */
    private static final Duration TAKEN_FOR = Duration.ofMinutes(10);

    private static final String SELECT =
            "SELECT n, id, event, state, closed_at, next_at, count, first_at, last_at, examples FROM notifications ";
    private static final String OF_RULE = SELECT + "WHERE rule = ? AND n < ? ORDER BY n DESC LIMIT ?";
    private static final String ONE = SELECT + "WHERE n = ?";
    private static final String TRIES =
            "SELECT at, took_ms, status, error, answer FROM notification_tries WHERE notification = ? ORDER BY n";

    /** No other message of the same rule has begun and goes on, and no earlier one is due no later, or this one has begun. */
    private static final String IS_NEXT = "(m.closed_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM notifications o "
            + "WHERE o.rule = m.rule AND o.n <> m.n AND o.closed_at IS NOT NULL AND o.next_at IS NOT NULL AND o.event <> 'test') "
            + "AND NOT EXISTS (SELECT 1 FROM notifications o "
            + "WHERE o.rule = m.rule AND o.n < m.n AND o.closed_at IS NULL AND o.next_at <= m.next_at))";

    /** No other server that lives tries it. */
    private static final String IS_FREE = "(m.taken_by IS NULL OR m.taken_by = ? OR m.taken_until < "
            + StoreClock.MICROS
            + " OR NOT EXISTS (SELECT 1 FROM servers s WHERE s.owner = m.taken_by AND s.lease_until > "
            + StoreClock.MICROS + "))";

    private static final String DUE = "SELECT m.n, m.id, r.name, r.host, m.tries FROM notifications m "
            + "JOIN notification_rules r ON r.n = m.rule WHERE m.next_at <= ? AND r.host <> ALL (?) AND m.n <> ALL (?) AND "
            + IS_FREE + " AND " + IS_NEXT + " ORDER BY m.next_at, m.n LIMIT ?";
    private static final String NEXT_DUE = "SELECT min(next_at) FROM notifications WHERE next_at > ?";
    private static final String IS_OVERDUE = "SELECT EXISTS (SELECT 1 FROM notifications m WHERE m.next_at < "
            + StoreClock.MICROS + " - ? AND " + IS_FREE + " AND " + IS_NEXT + ")::int";
    private static final String CLOSE =
            "UPDATE notifications m SET closed_at = coalesce(m.closed_at, ?), taken_by = ?, taken_until = "
                    + StoreClock.MICROS + " + ? WHERE m.n = ? AND m.tries = ? AND m.next_at IS NOT NULL AND " + IS_FREE
                    + " AND " + IS_NEXT;
    private static final String ADD_TRY =
            "INSERT INTO notification_tries (notification, n, at, took_ms, status, error, answer) VALUES "
                    + "(?, (SELECT coalesce(max(t.n), 0) + 1 FROM notification_tries t WHERE t.notification = ?), ?, ?, ?, ?, ?)";
    private static final String FORGET_TRIES = "DELETE FROM notification_tries WHERE notification = ? "
            + "AND n <= (SELECT max(t.n) FROM notification_tries t WHERE t.notification = ?) - "
            + NotificationStore.MOST_TRIES;
    private static final String TRIED =
            "UPDATE notifications SET state = ?, since = ?, next_at = ?, tries = tries + 1, taken_by = NULL, taken_until = NULL "
                    + "WHERE n = ? AND tries = ? AND state = 'waiting'";
    private static final String HASTEN =
            "UPDATE notifications SET next_at = ?, since = ? WHERE next_at IS NOT NULL AND since > ?";
    private static final String ADD = "INSERT INTO notifications (id, rule, event, state, closed_at, since, next_at, "
            + "count, first_at, last_at, examples) VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?) RETURNING n";
    private static final String TAKE =
            "UPDATE notifications SET taken_by = ?, taken_until = " + StoreClock.MICROS + " + ? WHERE n = ?";
    private static final String FORGET = "DELETE FROM notifications WHERE rule = ? AND next_at IS NULL AND n <= "
            + "(SELECT n FROM notifications WHERE rule = ? AND next_at IS NULL ORDER BY n DESC LIMIT 1 OFFSET ?)";

    private MessageRows() {}

    /** Waits until other transactions that change messages or rules are over; from here on, statements see what they did. */
    public static void lock(Session session) throws SQLException {
        session.list(LOCK, row -> true);
    }

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

    /**
     * The messages that are due, and that no other server tries.
     *
     * @param owner the number of this process
     */
    public static List<DueNotification> due(
            Session session, long owner, Instant upTo, Collection<String> busy, Collection<Long> underWay, int limit)
            throws SQLException {
        return session.list(
                DUE,
                row -> new DueNotification(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        Session.presentText(row, 3),
                        Session.presentText(row, 4),
                        row.getInt(5)),
                Micros.of(upTo),
                SqlArray.texts(busy),
                SqlArray.numbers(underWay),
                owner,
                limit);
    }

    public static Optional<Instant> nextDue(Session session, Instant after) throws SQLException {
        return session.first(NEXT_DUE, row -> Optional.ofNullable(Micros.readNullable(row, 1)), Micros.of(after))
                .flatMap(found -> found);
    }

    /** Whether a message has been due for a while, and no server that lives tries it. */
    static boolean isOverdue(Session session, long owner, Duration by) throws SQLException {
        return session.number(IS_OVERDUE, Micros.of(Instant.EPOCH.plus(by)), owner) != 0;
    }

    /** Closes a message for a try of this process; empty when it has no such try, is tried elsewhere, or another one of its rule goes first. */
    public static Optional<Notification> close(Session session, long owner, DueNotification due, Instant at)
            throws SQLException {
        int closed = session.update(
                CLOSE,
                Micros.of(at),
                owner,
                Micros.of(Instant.EPOCH.plus(TAKEN_FOR)),
                due.number(),
                due.tries(),
                owner);
        return closed == 0 ? Optional.empty() : find(session, due.number());
    }

    /** Records a try; false when the message is gone, or no longer as it was when the try began. */
    public static boolean tried(
            Session session,
            DueNotification due,
            DeliveryTry made,
            Instant at,
            DeliveryState state,
            @Nullable Instant nextAt)
            throws SQLException {
        long n = due.number();
        if (session.update(TRIED, state.wireName(), Micros.of(at), Micros.ofNullable(nextAt), n, due.tries()) == 0) {
            return false;
        }
        session.update(
                ADD_TRY, n, n, Micros.of(at), made.took().toMillis(), made.status(), made.error(), made.answer());
        session.update(FORGET_TRIES, n, n);
        return true;
    }

    public static int hasten(Session session, Instant now) throws SQLException {
        long time = Micros.of(now);
        return session.update(HASTEN, time, time, time);
    }

    /**
     * Adds a message, which is due at a time; nothing is added to one of a test any more.
     *
     * @return its number
     */
    static long add(Session session, long rule, NotificationEvent event, Occurrences told, Instant now, Instant dueAt)
            throws SQLException {
        session.update(FORGET, rule, rule, NotificationStore.MOST_MESSAGES - 1);
        return session.number(
                ADD,
                UUID.randomUUID(),
                rule,
                event.wireName(),
                event == NotificationEvent.TEST ? Micros.of(now) : null,
                Micros.of(now),
                Micros.of(dueAt),
                told.count(),
                Micros.of(told.firstAt()),
                Micros.of(told.lastAt()),
                OccurrenceJson.write(told.examples()));
    }

    /** Adds the message of a test, which this process tries; empty when there is no rule of the name. */
    public static Optional<Notification> addTest(Session session, long owner, String rule, Instant at)
            throws SQLException {
        Optional<Long> n = RuleRows.number(session, rule);
        if (n.isEmpty()) {
            return Optional.empty();
        }
        long added = add(session, n.get(), NotificationEvent.TEST, Occurrences.of(Occurrences.test(at)), at, at);
        session.update(TAKE, owner, Micros.of(Instant.EPOCH.plus(TAKEN_FOR)), added);
        return find(session, added);
    }

    private static Optional<Notification> find(Session session, long n) throws SQLException {
        return session.first(ONE, MessageRows::read, n);
    }

    private static Notification read(ResultSet row) throws SQLException {
        return new Notification(
                row.getLong(1),
                row.getObject(2, UUID.class),
                NotificationEvent.of(row.getString(3)).orElseThrow(),
                DeliveryState.of(row.getString(4)),
                Micros.readNullable(row, 5),
                Micros.readNullable(row, 6),
                row.getLong(7),
                Micros.read(row, 8),
                Micros.read(row, 9),
                OccurrenceJson.read(Session.presentText(row, 10)),
                List.of());
    }

    private static DeliveryTry oneTry(ResultSet row) throws SQLException {
        int status = row.getInt(3);
        return new DeliveryTry(
                Micros.read(row, 1),
                Duration.ofMillis(row.getLong(2)),
                status == 0 ? null : status,
                Session.text(row, 4),
                Session.text(row, 5));
    }
}

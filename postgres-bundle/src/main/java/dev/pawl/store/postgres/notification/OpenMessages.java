package dev.pawl.store.postgres.notification;

import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.MessageTime;
import dev.pawl.store.kit.notification.OccurrenceJson;
import dev.pawl.store.kit.notification.Occurrences;
import dev.pawl.store.kit.notification.StoredRule;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The message of a rule and an outcome that still grows. The lock of {@link MessageRows} is held. */
final class OpenMessages {

    private static final String IS_THERE = "SELECT count(*) FROM notification_rules WHERE n = ?";
    private static final String OPEN = "SELECT n, next_at, count, first_at, last_at, examples FROM notifications "
            + "WHERE rule = ? AND event = ? AND closed_at IS NULL";
    private static final String GROW =
            "UPDATE notifications SET count = ?, first_at = ?, last_at = ?, examples = ? WHERE n = ?";
    private static final String LAST_CLOSED = "SELECT max(closed_at) FROM notifications WHERE rule = ? AND event = ?";

    private record Open(long n, Instant dueAt, Occurrences told) {}

    private OpenMessages() {}

    /**
     * Adds to the open message of a rule and outcome, or opens one.
     *
     * @return when a message that was opened is due; empty when one has grown, or the rule is gone
     */
    static Optional<Instant> add(
            Session session, StoredRule row, NotificationEvent event, Occurrences more, Instant now)
            throws SQLException {
        Open open = open(session, row.n(), event).orElse(null);
        if (open != null) {
            grow(session, open, more);
            return Optional.empty();
        }
        if (session.number(IS_THERE, row.n()) == 0) {
            return Optional.empty();
        }
        Optional<Instant> lastClosed = session.first(
                        LAST_CLOSED,
                        found -> Optional.ofNullable(Micros.readNullable(found, 1)),
                        row.n(),
                        event.wireName())
                .flatMap(found -> found);
        Instant dueAt = MessageTime.of(row.rule(), now, lastClosed);
        if (event == NotificationEvent.COMPLETED_AFTER_FAILING) { // not before the failure is told
            Instant failure = open(session, row.n(), NotificationEvent.FAILED)
                    .map(Open::dueAt)
                    .orElse(dueAt);
            dueAt = MessageTime.later(dueAt, failure);
        }
        MessageRows.add(session, row.n(), event, more, now, dueAt);
        return Optional.of(dueAt);
    }

    private static Optional<Open> open(Session session, long rule, NotificationEvent event) throws SQLException {
        return session.first(
                OPEN,
                row -> new Open(
                        row.getLong(1),
                        Micros.read(row, 2),
                        new Occurrences(
                                row.getLong(3),
                                Micros.read(row, 4),
                                Micros.read(row, 5),
                                OccurrenceJson.read(Session.presentText(row, 6)))),
                rule,
                event.wireName());
    }

    private static void grow(Session session, Open open, Occurrences more) throws SQLException {
        Occurrences all = open.told().and(more);
        session.update(
                GROW,
                all.count(),
                Micros.of(all.firstAt()),
                Micros.of(all.lastAt()),
                OccurrenceJson.write(all.examples()),
                open.n());
    }
}

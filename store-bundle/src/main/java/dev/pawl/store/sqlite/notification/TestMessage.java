package dev.pawl.store.sqlite.notification;

import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.store.kit.notification.Occurrences;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Adds the message of a test: it goes the way of all others, and is closed from the beginning. */
public final class TestMessage {

    private TestMessage() {}

    /** Adds it; empty when there is no rule of the name. */
    public static Optional<Notification> add(Session session, String rule, Instant at) throws SQLException {
        Optional<Long> n = RuleRows.number(session, rule);
        if (n.isEmpty()) {
            return Optional.empty();
        }
        long added =
                MessageRows.add(session, n.get(), NotificationEvent.TEST, Occurrences.of(Occurrences.test(at)), at, at);
        return MessageRows.find(session, added);
    }
}

package dev.pawl.store.sqlite.notification;

import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Adds the message of a test: it goes the way of all others, and is closed from the beginning. */
public final class TestMessage {

    private static final Occurrence EXAMPLE = new Occurrence(
            null, null, "Example job", List.of("example"), Instant.EPOCH, "This is only a test; no job has failed.", 1);

    private TestMessage() {}

    /** Adds it; empty when there is no rule of the name. */
    public static Optional<Notification> add(Session session, String rule, Instant at) throws SQLException {
        Optional<Long> n = RuleRows.number(session, rule);
        if (n.isEmpty()) {
            return Optional.empty();
        }
        Occurrence example = new Occurrence(null, null, EXAMPLE.title(), EXAMPLE.modules(), at, EXAMPLE.detail(), 1);
        long added = MessageRows.add(session, n.get(), NotificationEvent.TEST, Occurrences.of(example), at, at);
        return MessageRows.find(session, added);
    }
}

package dev.pawl.store.postgres.call;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads of the calls of hooks. */
public final class CallRows {

    private static final String SELECT = "SELECT n, at, delivery_id, outcome, job, detail FROM hook_calls "
            + "WHERE hook = (SELECT n FROM hooks WHERE name = ?) ";
    private static final String LIST = SELECT + "AND n < ? ORDER BY n DESC LIMIT ?";
    private static final String REMEMBERED = SELECT + "AND delivery_id = ? AND held_until > ?";

    private CallRows() {}

    public static List<Delivery> list(Session session, String hook, long before, int limit) throws SQLException {
        return session.list(LIST, row -> read(row, 1), hook, before, limit);
    }

    public static Optional<Delivery> remembered(Session session, String hook, String deliveryId, Instant at)
            throws SQLException {
        return session.first(REMEMBERED, row -> read(row, 1), hook, deliveryId, Micros.of(at));
    }

    /** The call whose columns begin at one. */
    public static Delivery read(ResultSet row, int first) throws SQLException {
        return new Delivery(
                row.getLong(first),
                Micros.read(row, first + 1),
                Session.text(row, first + 2),
                DeliveryOutcome.of(row.getString(first + 3)),
                row.getObject(first + 4, UUID.class),
                Session.presentText(row, first + 5));
    }
}

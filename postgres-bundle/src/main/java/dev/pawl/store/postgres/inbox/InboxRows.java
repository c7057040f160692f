package dev.pawl.store.postgres.inbox;

import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.InboxStore.Totals;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of received callbacks. Newer rows have greater numbers. Their extent is one row, which whoever adds or removes some locks until the
 * transaction ends: so the bounds hold for all servers together.
 */
public final class InboxRows {

    private static final String SELECT = "SELECT n, id, received_at, callback_id, source, status, payload FROM inbox ";
    private static final String EXTENTS = "SELECT characters FROM inbox ";
    private static final String FIND = SELECT + "WHERE id = ?";
    private static final String BY_NUMBER = "n < ? ORDER BY n DESC LIMIT ?";
    private static final String ADD =
            "INSERT INTO inbox (id, received_at, callback_id, source, status, payload, characters) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String TOTALS = "SELECT callbacks, characters FROM inbox_totals";
    private static final String COUNT = "INSERT INTO inbox_totals AS t (one, callbacks, characters) VALUES (1, ?, ?) "
            + "ON CONFLICT (one) DO UPDATE SET callbacks = t.callbacks + excluded.callbacks, characters = t.characters + excluded.characters "
            + "RETURNING callbacks, characters";
    private static final String REMOVE = "DELETE FROM inbox i USING gone WHERE i.n = gone.n RETURNING i.characters";
    private static final String REMOVE_OLDEST =
            "WITH gone AS MATERIALIZED (SELECT n FROM inbox ORDER BY n LIMIT ?) " + REMOVE;
    private static final String REMOVE_OLDER =
            "WITH gone AS MATERIALIZED (SELECT n FROM (SELECT n, received_at FROM inbox ORDER BY n LIMIT ?) o WHERE received_at < ?) "
                    + REMOVE;
    private static final String REMOVE_ONE = "DELETE FROM inbox WHERE id = ? RETURNING characters";

    private InboxRows() {}

    /** Adds a callback, and removes the oldest of those that are too many then. */
    public static void add(Session session, ReceivedCallback callback) throws SQLException {
        long characters = callback.characters();
        Totals totals = count(session, 1, characters);
        session.update(
                ADD,
                callback.id(),
                Micros.of(callback.receivedAt()),
                callback.callbackId(),
                callback.source(),
                callback.status(),
                callback.payload(),
                characters);
        while (totals.callbacks() > InboxStore.MOST || totals.characters() > InboxStore.MOST_CHARACTERS) {
            totals = removed(session, session.list(REMOVE_OLDEST, row -> row.getLong(1), 1));
        }
    }

    private static Totals removed(Session session, List<Long> characters) throws SQLException {
        return count(
                session,
                -characters.size(),
                -characters.stream().mapToLong(Long::longValue).sum());
    }

    private static Totals count(Session session, long callbacks, long characters) throws SQLException {
        return session.first(COUNT, InboxRows::extent, callbacks, characters).orElseThrow();
    }

    public static Optional<ReceivedCallback> find(Session session, UUID id) throws SQLException {
        return session.first(FIND, InboxRows::read, id);
    }

    /** A page, whose extent is read first, so that no more of large callbacks is in memory than a page may have. */
    public static List<ReceivedCallback> list(Session session, CallbackFilter filter) throws SQLException {
        StringBuilder conditions = new StringBuilder("WHERE ");
        List<Object> values = new ArrayList<>();
        String source = filter.source();
        String name = filter.callbackId();
        if (name != null) {
            conditions.append("callback_id = ? AND ");
            values.add(name);
        }
        if (source != null) {
            conditions.append("source = ? AND ");
            values.add(source);
        }
        String rest = conditions.append(BY_NUMBER).toString();
        values.add(filter.before());
        values.add(filter.limit());
        return session.atOneMoment(moment -> {
            List<Long> extents = moment.list(EXTENTS + rest, row -> row.getLong(1), values.toArray());
            values.set(values.size() - 1, fitting(extents));
            return moment.list(SELECT + rest, InboxRows::read, values.toArray());
        });
    }

    /** The number of the first callbacks that a page has; at least one when there is one. */
    private static int fitting(List<Long> extents) {
        int fit = 0;
        long characters = 0;
        for (long extent : extents) {
            characters += extent;
            if (fit > 0 && characters > JobStore.PAGE_CHARACTERS) {
                break;
            }
            fit++;
        }
        return fit;
    }

    public static boolean remove(Session session, UUID id) throws SQLException {
        count(session, 0, 0);
        List<Long> removed = session.list(REMOVE_ONE, row -> row.getLong(1), id);
        removed(session, removed);
        return !removed.isEmpty();
    }

    /** Looks at the oldest, and removes those that came before a time. No index is needed, since newer rows have greater numbers. */
    public static int removeBefore(Session session, Instant before, int most) throws SQLException {
        count(session, 0, 0);
        List<Long> removed = session.list(REMOVE_OLDER, row -> row.getLong(1), most, Micros.of(before));
        removed(session, removed);
        return removed.size();
    }

    public static Totals totals(Session session) throws SQLException {
        return session.first(TOTALS, InboxRows::extent).orElse(new Totals(0, 0));
    }

    private static Totals extent(ResultSet row) throws SQLException {
        return new Totals(row.getLong(1), row.getLong(2));
    }

    private static ReceivedCallback read(ResultSet row) throws SQLException {
        return new ReceivedCallback(
                row.getLong(1),
                row.getObject(2, UUID.class),
                Micros.read(row, 3),
                Session.text(row, 4),
                Session.text(row, 5),
                Session.text(row, 6),
                Session.presentText(row, 7));
    }
}

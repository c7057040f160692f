package dev.pawl.store.sqlite.inbox;

import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.InboxStore.Totals;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of received callbacks. Newer rows have greater numbers. */
public final class InboxRows {

    private static final String SELECT = "SELECT n, id, received_at, callback_id, source, status, payload FROM inbox ";
    private static final String FIND = SELECT + "WHERE id = ?";
    private static final String BY_NUMBER = "n < ? ORDER BY n DESC LIMIT ?";
    private static final String ADD = """
            INSERT INTO inbox (id, received_at, callback_id, source, status, payload, characters) VALUES (?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String TOTALS = "SELECT callbacks, characters FROM inbox_totals";
    private static final String COUNT =
            "UPDATE inbox_totals SET callbacks = callbacks + ?, characters = characters + ?";
    private static final String OLDEST = "SELECT n, characters FROM inbox ORDER BY n LIMIT ?";
    private static final String OLDER = """
            SELECT n, characters FROM (SELECT n, characters, received_at FROM inbox ORDER BY n LIMIT ?) WHERE received_at < ?\
            """;
    private static final String OF_ID = "SELECT n, characters FROM inbox WHERE id = ?";
    private static final String REMOVE = "DELETE FROM inbox WHERE n = ?";

    /** The callbacks that are looked at before more of the oldest are read. */
    private static final int FEW = 16;

    /** A row that is to be removed. */
    private record Extent(long n, long characters) {}

    private InboxRows() {}

    /** Adds a callback, and removes the oldest of those that are too many then. */
    public static void add(Session session, ReceivedCallback callback) throws SQLException {
        long characters = callback.characters();
        session.update(
                ADD,
                JobIds.bytes(callback.id()),
                Micros.of(callback.receivedAt()),
                callback.callbackId(),
                callback.source(),
                callback.status(),
                callback.payload(),
                characters);
        session.update(COUNT, 1, characters);
        Totals totals = totals(session);
        while (totals.callbacks() > InboxStore.MOST || totals.characters() > InboxStore.MOST_CHARACTERS) {
            totals = removeOldest(session, totals);
        }
    }

    private static Totals removeOldest(Session session, Totals before) throws SQLException {
        Totals totals = before;
        for (Extent oldest : session.list(OLDEST, InboxRows::extent, FEW)) {
            if (totals.callbacks() <= InboxStore.MOST && totals.characters() <= InboxStore.MOST_CHARACTERS) {
                break;
            }
            remove(session, oldest);
            totals = new Totals(totals.callbacks() - 1, totals.characters() - oldest.characters());
        }
        return totals;
    }

    public static Optional<ReceivedCallback> find(Session session, UUID id) throws SQLException {
        return session.first(FIND, InboxRows::read, (Object) JobIds.bytes(id));
    }

    public static List<ReceivedCallback> list(Session session, CallbackFilter filter) throws SQLException {
        StringBuilder query = new StringBuilder(SELECT + "WHERE ");
        List<Object> values = new ArrayList<>();
        String source = filter.source();
        String name = filter.callbackId();
        if (name != null) { // of the two the more selective one, as a rule
            query.append("callback_id = ? AND ");
            values.add(name);
        }
        if (source != null) {
            query.append(name == null ? "source = ? AND " : "+source = ? AND ");
            values.add(source);
        }
        values.add(filter.before());
        values.add(filter.limit());
        return session.listUpTo(
                JobStore.PAGE_CHARACTERS,
                (callback, row) -> callback.characters(),
                query.append(BY_NUMBER).toString(),
                InboxRows::read,
                values.toArray());
    }

    public static boolean remove(Session session, UUID id) throws SQLException {
        Optional<Extent> found = session.first(OF_ID, InboxRows::extent, (Object) JobIds.bytes(id));
        if (found.isPresent()) {
            remove(session, found.get());
        }
        return found.isPresent();
    }

    /** Looks at the oldest, and removes those that came before a time. No index is needed, since newer rows have greater numbers. */
    public static int removeBefore(Session session, Instant before, int most) throws SQLException {
        List<Extent> old = session.list(OLDER, InboxRows::extent, most, Micros.of(before));
        for (Extent each : old) {
            remove(session, each);
        }
        return old.size();
    }

    public static Totals totals(Session session) throws SQLException {
        return session.first(TOTALS, row -> new Totals(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    private static void remove(Session session, Extent row) throws SQLException {
        session.update(REMOVE, row.n());
        session.update(COUNT, -1, -row.characters());
    }

    private static Extent extent(ResultSet row) throws SQLException {
        return new Extent(row.getLong(1), row.getLong(2));
    }

    private static ReceivedCallback read(ResultSet row) throws SQLException {
        return new ReceivedCallback(
                row.getLong(1),
                JobIds.uuid(row.getBytes(2)),
                Micros.read(row, 3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7));
    }
}

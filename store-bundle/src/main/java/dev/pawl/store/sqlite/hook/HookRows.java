package dev.pawl.store.sqlite.hook;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptHook;
import dev.pawl.store.kit.HookCalls;
import dev.pawl.store.kit.HookJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.sqlite.call.CallRows;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of hooks, by name. */
public final class HookRows {

    private static final String SELECT = """
            SELECT h.name, h.revision, h.changed_at, h.paused, h.callback_source, r.definition, r.job, \
            c.n, c.at, c.delivery_id, c.outcome, c.job, c.detail \
            FROM hooks h JOIN hook_requests r ON r.hook = h.n \
            LEFT JOIN hook_calls c ON c.n = (SELECT max(n) FROM hook_calls WHERE hook = h.n) \
            """;
    private static final String FIND = SELECT + "WHERE h.name = ?";
    private static final String FIND_BY_SOURCE = SELECT + "WHERE h.callback_source = ?";
    private static final String LIST = SELECT + "WHERE h.name > ? ORDER BY h.name LIMIT ?";
    private static final String HAS_SOURCE = "SELECT name FROM hooks WHERE callback_source = ? AND name != ?";
    private static final String NUMBER = "SELECT n FROM hooks WHERE name = ?";
    private static final String ADD = """
            INSERT INTO hooks (name, revision, changed_at, paused, callback_source, room) VALUES (?, 1, ?, ?, ?, ?) \
            ON CONFLICT (name) DO NOTHING\
            """;
    private static final String CHANGE = """
            UPDATE hooks SET revision = revision + 1, changed_at = ?, paused = ?, callback_source = ? WHERE name = ? AND revision = ?\
            """;
    private static final String PUT_REQUEST = """
            INSERT INTO hook_requests (hook, definition, job) VALUES (?, ?, ?) \
            ON CONFLICT (hook) DO UPDATE SET definition = excluded.definition, job = excluded.job\
            """;
    private static final String DELETE = "DELETE FROM hooks WHERE name = ?";

    private static final int CALL = 8;

    private HookRows() {}

    public static Optional<KeptHook> find(Session session, String name) throws SQLException {
        return session.first(FIND, HookRows::read, name);
    }

    public static Optional<KeptHook> findBySource(Session session, String callbackSource) throws SQLException {
        return session.first(FIND_BY_SOURCE, HookRows::read, callbackSource);
    }

    public static List<KeptHook> list(Session session, String after, int limit) throws SQLException {
        return session.listUpTo(
                JobStore.PAGE_CHARACTERS,
                (hook, row) -> row.getString(6).length() + row.getString(7).length(),
                LIST,
                HookRows::read,
                after,
                limit);
    }

    /** Adds a row, or changes the one of its name; false when that has another revision. */
    public static boolean put(Session session, KeptHook hook, String definition, String job) throws SQLException {
        HookRequest request = hook.request();
        String source = request.callbackSource();
        if (source != null) {
            refuseTaken(session, hook.name(), source);
        }
        long changedAt = Micros.of(hook.changedAt());
        int paused = request.paused() ? 1 : 0;
        int rows = hook.revision() == 0
                ? session.update(ADD, hook.name(), changedAt, paused, source, HookCalls.ROOM)
                : session.update(CHANGE, changedAt, paused, source, hook.name(), hook.revision());
        if (rows > 0) {
            session.update(PUT_REQUEST, session.number(NUMBER, hook.name()), definition, job);
        }
        return rows > 0;
    }

    private static void refuseTaken(Session session, String name, String source) throws SQLException {
        Optional<String> other = session.first(HAS_SOURCE, row -> row.getString(1), source, name);
        if (other.isPresent()) {
            throw HookCalls.sourceTaken(source, other.get());
        }
    }

    public static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    /** The rules of a hook as JSON. */
    public static String definition(KeptHook hook) {
        return HookJson.write(hook.request());
    }

    private static KeptHook read(ResultSet row) throws SQLException {
        HookRequest request = HookJson.read(
                row.getString(1),
                row.getString(6),
                RequestJson.read(row.getString(7)),
                row.getString(5),
                row.getInt(4) == 1);
        Delivery last = row.getString(CALL + 3) == null ? null : CallRows.read(row, CALL);
        return new KeptHook(request, row.getLong(2), Micros.read(row, 3), last);
    }
}

package dev.pawl.store.postgres.hook;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptHook;
import dev.pawl.store.kit.HookCalls;
import dev.pawl.store.kit.HookJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.postgres.call.CallRows;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of hooks, by name. */
public final class HookRows {

    private static final String SELECT = """
            SELECT h.name, h.revision, h.changed_at, h.paused, h.callback_source, h.definition, h.job, \
            c.n, c.at, c.delivery_id, c.outcome, c.job, c.detail FROM hooks h \
            LEFT JOIN hook_calls c ON c.n = (SELECT max(n) FROM hook_calls WHERE hook = h.n) \
            """;
    private static final String FIND = SELECT + "WHERE h.name = ?";
    private static final String FIND_BY_SOURCE = SELECT + "WHERE h.callback_source = ?";
    private static final String LIST = SELECT + "WHERE h.name > ? ORDER BY h.name LIMIT ?";
    private static final String HAS_SOURCE = "SELECT name FROM hooks WHERE callback_source = ? AND name <> ?";

    /** Waits for another server that adds the row at this moment, and does nothing when that has. */
    private static final String ADD = """
            INSERT INTO hooks (changed_at, paused, callback_source, definition, job, name, revision) VALUES (?, ?, ?, ?, ?, ?, ? + 1) \
            ON CONFLICT (name) DO NOTHING\
            """;

    private static final String CHANGE = """
            UPDATE hooks SET changed_at = ?, paused = ?, callback_source = ?, definition = ?, job = ?, revision = revision + 1 \
            WHERE name = ? AND revision = ?\
            """;
    private static final String DELETE = "DELETE FROM hooks WHERE name = ?";

    private static final int CALL = 8;

    private HookRows() {}

    private record Weighed(KeptHook hook, long characters) {}

    public static Optional<KeptHook> find(Session session, String name) throws SQLException {
        return session.first(FIND, HookRows::read, name).map(Weighed::hook);
    }

    public static Optional<KeptHook> findBySource(Session session, String callbackSource) throws SQLException {
        return session.first(FIND_BY_SOURCE, HookRows::read, callbackSource).map(Weighed::hook);
    }

    public static List<KeptHook> list(Session session, String after, int limit) throws SQLException {
        List<Weighed> page = session.atOneMoment(moment ->
                moment.listUpTo(JobStore.PAGE_CHARACTERS, Weighed::characters, LIST, HookRows::read, after, limit));
        return page.stream().map(Weighed::hook).toList();
    }

    /**
     * Adds a row, or changes the one of its name; false when that has another revision. Another server that gives a hook the same source at this
     * moment is found by its key, and seen when the transaction is made again.
     *
     * @throws ProblemException {@code CALLBACK_SOURCE_TAKEN} when another hook has its source
     */
    public static boolean put(Session session, KeptHook hook, String definition, String job) throws SQLException {
        HookRequest request = hook.request();
        String source = request.callbackSource();
        if (source != null) {
            Optional<String> other = session.first(HAS_SOURCE, row -> Session.presentText(row, 1), source, hook.name());
            if (other.isPresent()) {
                throw HookCalls.sourceTaken(source, other.get());
            }
        }
        return session.update(
                        hook.revision() == 0 ? ADD : CHANGE,
                        Micros.of(hook.changedAt()),
                        request.paused(),
                        source,
                        definition,
                        job,
                        hook.name(),
                        hook.revision())
                > 0;
    }

    public static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    private static Weighed read(ResultSet row) throws SQLException {
        String definition = Session.presentText(row, 6);
        String job = Session.presentText(row, 7);
        HookRequest request = HookJson.read(
                Session.presentText(row, 1),
                definition,
                RequestJson.read(job),
                Session.text(row, 5),
                row.getBoolean(4));
        Delivery last = row.getString(CALL + 3) == null ? null : CallRows.read(row, CALL);
        return new Weighed(
                new KeptHook(request, row.getLong(2), Micros.read(row, 3), last), definition.length() + job.length());
    }
}

package dev.pawl.store.sqlite.document;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.store.RunId;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of JSON documents, by owner and name. */
public final class DocumentRows {

    private static final String GET = "SELECT body FROM documents WHERE owner = ? AND name = ?";
    private static final String PUT = """
            INSERT INTO documents (owner, name, body, changed_at) VALUES (?, ?, ?, ?) \
            ON CONFLICT (owner, name) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at\
            """;
    private static final String DELETE = "DELETE FROM documents WHERE owner = ? AND name = ?";
    private static final String NAMES = "SELECT name FROM documents WHERE owner = ? ORDER BY name";

    private static final String ALL = "SELECT name, body FROM documents WHERE owner = ? ORDER BY name";
    private static final String LIST =
            "SELECT owner, name, octet_length(body), changed_at FROM documents WHERE (owner, name) > (?, ?)";
    private static final String OF_MODULES = " AND NOT (owner >= 'pawl:' AND owner < 'pawl;')";
    private static final String OF_ONE = " AND owner = ?";
    private static final String IN_ORDER = " ORDER BY owner, name LIMIT ?";

    private static final String IS_CURRENT =
            "SELECT count(*) FROM jobs WHERE id = ? AND epoch = ? AND status = 'running'";

    private DocumentRows() {}

    public static Optional<String> get(Session session, String owner, String name) throws SQLException {
        return session.first(GET, row -> row.getString(1), owner, name);
    }

    public static void put(Session session, String owner, String name, String json, Instant now) throws SQLException {
        session.update(PUT, owner, name, json, Micros.of(now));
    }

    /** Lets a check judge a document; reads it only for a check that looks. */
    public static void check(Session session, String owner, String name, DocumentCheck check) throws SQLException {
        if (check != DocumentCheck.NONE) {
            check.check(get(session, owner, name).orElse(null));
        }
    }

    /** Documents of modules after a place in the order. */
    public static List<DocumentEntry> list(
            Session session, @Nullable String owner, String afterOwner, String afterName, int limit)
            throws SQLException {
        Session.Row<DocumentEntry> entry = row ->
                new DocumentEntry(row.getString(1), row.getString(2), row.getLong(3), Micros.readNullable(row, 4));
        return owner == null
                ? session.list(LIST + OF_MODULES + IN_ORDER, entry, afterOwner, afterName, limit)
                : session.list(LIST + OF_ONE + IN_ORDER, entry, afterOwner, afterName, owner, limit);
    }

    /** Lets a run write only while its job runs at its epoch. */
    public static void fence(Session session, RunId run) throws SQLException {
        if (session.number(IS_CURRENT, JobIds.bytes(run.job()), run.epoch()) == 0) {
            throw new StaleRunException("Run " + run.epoch() + " of job " + run.job()
                    + " has ended or was taken over; it can no longer change documents.");
        }
    }

    public static boolean delete(Session session, String owner, String name) throws SQLException {
        return session.update(DELETE, owner, name) > 0;
    }

    public static List<String> names(Session session, String owner) throws SQLException {
        return session.list(NAMES, row -> row.getString(1), owner);
    }

    public static Map<String, String> all(Session session, String owner) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map.Entry<String, String> document :
                session.list(ALL, row -> Map.entry(row.getString(1), row.getString(2)), owner)) {
            all.put(document.getKey(), document.getValue());
        }
        return all;
    }
}

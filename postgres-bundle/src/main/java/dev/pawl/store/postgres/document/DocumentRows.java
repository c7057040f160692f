package dev.pawl.store.postgres.document;

import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
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
    private static final String LOCK = GET + " FOR UPDATE";
    private static final String ADD =
            "INSERT INTO documents (owner, name, body, changed_at) VALUES (?, ?, ?, ?) ON CONFLICT (owner, name) DO ";
    private static final String ADD_FIRST =
            "WITH touched AS (" + ADD + "NOTHING RETURNING 1) SELECT expect_rows(count(*), 1) FROM touched";
    private static final String PUT = ADD + "UPDATE SET body = excluded.body, changed_at = excluded.changed_at";
    private static final String DELETE = "DELETE FROM documents WHERE owner = ? AND name = ?";
    private static final String NAMES = "SELECT name FROM documents WHERE owner = ? ORDER BY name";
    private static final String ALL = "SELECT name, body FROM documents WHERE owner = ? ORDER BY name";
    private static final String LIST =
            "SELECT owner, name, octet_length(body), changed_at FROM documents WHERE (owner, name) > (?, ?)";
    private static final String OF_MODULES = " AND NOT (owner >= 'pawl:' AND owner < 'pawl;')";
    private static final String OF_ONE = " AND owner = ?";
    private static final String IN_ORDER = " ORDER BY owner, name LIMIT ?";

    private DocumentRows() {}

    public static Optional<String> get(Session session, String owner, String name) throws SQLException {
        return session.first(GET, row -> Session.presentText(row, 1), owner, name);
    }

    /**
     * Lets a check judge a document, whose row nobody else changes from then on until the transaction ends.
     *
     * @return whether the check has seen that there is none
     */
    public static boolean check(Session session, String owner, String name, DocumentCheck check) throws SQLException {
        if (check == DocumentCheck.NONE) {
            return false;
        }
        Optional<String> present = session.first(LOCK, row -> Session.presentText(row, 1), owner, name);
        check.check(present.orElse(null));
        return present.isEmpty();
    }

    /**
     * Stores or replaces a document.
     *
     * @param isFirst whether there must be none: if another server has added one since that was seen, the transaction is made again
     */
    public static void put(Session session, String owner, String name, String json, boolean isFirst, Instant now)
            throws SQLException {
        if (isFirst) {
            session.number(ADD_FIRST, owner, name, json, Micros.of(now));
        } else {
            session.update(PUT, owner, name, json, Micros.of(now));
        }
    }

    public static boolean delete(Session session, String owner, String name) throws SQLException {
        return session.update(DELETE, owner, name) > 0;
    }

    /** Documents of modules after a place in the order. */
    public static List<DocumentEntry> list(
            Session session, @Nullable String owner, String afterOwner, String afterName, int limit)
            throws SQLException {
        Session.Row<DocumentEntry> entry = row -> new DocumentEntry(
                Session.presentText(row, 1), Session.presentText(row, 2), row.getLong(3), Micros.readNullable(row, 4));
        return owner == null
                ? session.list(LIST + OF_MODULES + IN_ORDER, entry, afterOwner, afterName, limit)
                : session.list(LIST + OF_ONE + IN_ORDER, entry, afterOwner, afterName, owner, limit);
    }

    public static List<String> names(Session session, String owner) throws SQLException {
        return session.list(NAMES, row -> Session.presentText(row, 1), owner);
    }

    public static Map<String, String> all(Session session, String owner) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map.Entry<String, String> document :
                session.list(ALL, row -> Map.entry(Session.presentText(row, 1), Session.presentText(row, 2)), owner)) {
            all.put(document.getKey(), document.getValue());
        }
        return all;
    }
}

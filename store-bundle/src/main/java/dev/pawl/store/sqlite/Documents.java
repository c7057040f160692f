package dev.pawl.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** JSON documents by owner and name. */
final class Documents {

    private static final String GET = "SELECT body FROM documents WHERE owner = ? AND name = ?";
    private static final String PUT = """
            INSERT INTO documents (owner, name, body) VALUES (?, ?, ?) \
            ON CONFLICT (owner, name) DO UPDATE SET body = excluded.body\
            """;
    private static final String DELETE = "DELETE FROM documents WHERE owner = ? AND name = ?";
    private static final String NAMES = "SELECT name FROM documents WHERE owner = ? ORDER BY name";

    private Documents() {}

    static Optional<String> get(Session session, String owner, String name) throws SQLException {
        return session.first(GET, row -> row.getString(1), owner, name);
    }

    static void put(Session session, String owner, String name, String json) throws SQLException {
        session.update(PUT, owner, name, json);
    }

    static boolean delete(Session session, String owner, String name) throws SQLException {
        return session.update(DELETE, owner, name) > 0;
    }

    static List<String> names(Session session, String owner) throws SQLException {
        return session.list(NAMES, row -> row.getString(1), owner);
    }
}

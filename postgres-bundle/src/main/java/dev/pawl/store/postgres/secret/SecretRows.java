package dev.pawl.store.postgres.secret;

import dev.pawl.service.store.KeptSecret;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleIds;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of encrypted secrets, by name. */
public final class SecretRows {

    private static final String SELECT = "SELECT name, sealed, modules, changed_at, changed_by FROM secrets";
    private static final String FIND = SELECT + " WHERE name = ?";
    private static final String LIST = SELECT + " WHERE name > ? ORDER BY name LIMIT ?";
    private static final String PUT = """
            INSERT INTO secrets AS s (name, sealed, modules, changed_at, changed_by) VALUES (?, ?, ?, ?, ?) \
            ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, \
            modules = CASE WHEN ? THEN s.modules ELSE excluded.modules END, \
            changed_at = excluded.changed_at, changed_by = excluded.changed_by\
            """;
    private static final String MARK = "SELECT mark FROM secret_key";
    private static final String KEEP_MARK =
            "INSERT INTO secret_key (one, mark) VALUES (1, ?) ON CONFLICT (one) DO NOTHING";
    private static final String DELETE = "DELETE FROM secrets WHERE name = ?";

    private SecretRows() {}

    public static Optional<KeptSecret> find(Session session, String name) throws SQLException {
        return session.first(FIND, SecretRows::read, name);
    }

    public static List<KeptSecret> list(Session session, String after, int limit) throws SQLException {
        return session.list(LIST, SecretRows::read, after, limit);
    }

    /**
     * Adds a row, or replaces the one of the same name.
     *
     * @param keepsModules whether the modules of the row before stay
     */
    public static void put(Session session, KeptSecret secret, boolean keepsModules) throws SQLException {
        session.update(
                PUT,
                secret.name(),
                secret.sealed(),
                ModuleIds.write(secret.modules()),
                Micros.of(secret.changedAt()),
                secret.changedBy(),
                keepsModules);
    }

    public static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    public static Optional<String> keyMark(Session session) throws SQLException {
        return session.first(MARK, row -> Session.presentText(row, 1));
    }

    /** Keeps the mark of the key, unless there is one, also one of another server. */
    public static void keepKeyMark(Session session, String sealed) throws SQLException {
        session.update(KEEP_MARK, sealed);
    }

    private static KeptSecret read(ResultSet row) throws SQLException {
        return new KeptSecret(
                Session.presentText(row, 1),
                Session.presentText(row, 2),
                ModuleIds.read(Session.presentText(row, 3)),
                Micros.read(row, 4),
                Session.presentText(row, 5));
    }
}

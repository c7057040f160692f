package dev.pawl.store.sqlite.secret;

import dev.pawl.service.store.KeptSecret;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of encrypted secrets, by name. */
public final class SecretRows {

    private static final String COLUMNS = "SELECT name, sealed, modules, changed_at, changed_by FROM secrets";
    private static final String FIND = COLUMNS + " WHERE name = ?";
    private static final String LIST = COLUMNS + " WHERE name > ? ORDER BY name LIMIT ?";
    private static final String PUT = """
            INSERT INTO secrets (name, sealed, modules, changed_at, changed_by) VALUES (?, ?, ?, ?, ?) \
            ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, modules = iif(?, modules, excluded.modules), \
            changed_at = excluded.changed_at, changed_by = excluded.changed_by\
            """;
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
                keepsModules ? 1 : 0);
    }

    public static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    private static KeptSecret read(ResultSet row) throws SQLException {
        return new KeptSecret(
                row.getString(1),
                row.getString(2),
                ModuleIds.read(row.getString(3)),
                Micros.read(row, 4),
                row.getString(5));
    }
}

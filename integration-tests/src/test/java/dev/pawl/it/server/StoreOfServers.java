package dev.pawl.it.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The store of the servers that tests start: SQLite in their data folders, or with {@code -Dpawl.store=postgresql} a database for each data folder on one real
 * PostgreSQL, so that the tests of one server show that the other store keeps the same promises.
 */
final class StoreOfServers {

    private static final boolean ON_POSTGRESQL = "postgresql".equals(System.getProperty("pawl.store"));

    private static final Map<Path, String> ADDRESSES = new HashMap<>();
    private static EmbeddedPostgres database;

    private StoreOfServers() {}

    /** Adds the settings of the store for a data folder; a folder has the same store each time. */
    static void choose(Path data, Map<String, String> environment) {
        if (ON_POSTGRESQL) {
            environment.put("PAWL_STORE_URL", address(data.toAbsolutePath().normalize()));
            environment.put("PAWL_STORE_PASSWORD", "postgres");
        }
    }

    private static synchronized String address(Path data) {
        return ADDRESSES.computeIfAbsent(data, any -> create("pawl" + ADDRESSES.size()));
    }

    private static String create(String name) {
        try {
            if (database == null) {
                database = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            }
            try (Connection connection = database.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "postgresql://postgres@localhost:" + database.getPort() + "/" + name;
    }
}

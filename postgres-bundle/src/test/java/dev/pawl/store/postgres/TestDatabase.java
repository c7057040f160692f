package dev.pawl.store.postgres;

import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL that writes through to the disk, for all tests of a JVM; the library ends it with the JVM. */
public final class TestDatabase implements BeforeAllCallback {

    private static final String RESET = "SELECT 'DELETE FROM ' || quote_ident(c.relname) FROM pg_class c "
            + "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_version'";

    private static EmbeddedPostgres server;

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (TestDatabase.class) {
            if (server == null) {
                server = start();
            }
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server. */
    public static EmbeddedPostgres server() {
        return server;
    }

    /** Its database for stores. */
    public static PostgresAddress address() {
        return new PostgresAddress(
                "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "postgres");
    }

    /** Opens a store on it, by its clock. */
    static PostgresStore store() {
        return PostgresStore.open(address(), StoreClock.ofDatabase(), LogCap.DEFAULT, Duration.ofSeconds(15));
    }

    /** Runs a statement beside the stores. */
    static void run(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number that a query beside the stores returns. */
    static long number(String query) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Makes its schema, for tests without a store. */
    public static void migrate() {
        store().close();
    }

    /** Removes all rows. */
    public static void empty() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> deletes = new ArrayList<>();
            try (var rows = statement.executeQuery(RESET)) {
                while (rows.next()) {
                    deletes.add(rows.getString(1));
                }
            }
            if (!deletes.isEmpty()) {
                statement.execute(
                        "SET session_replication_role = replica; " + String.join("; ", deletes)); // no triggers
            }
        }
    }
}

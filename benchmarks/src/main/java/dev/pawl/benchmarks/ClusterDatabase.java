package dev.pawl.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real PostgreSQL that writes through to the disk, with a database of its own for each system that is measured. For use by one thread. */
final class ClusterDatabase implements AutoCloseable {

    /** Its settings beside the defaults, as a reader of the report has to know them. */
    static final String SETTINGS = "fsync, synchronous_commit and full_page_writes on, max_wal_size 8 GB, "
            + "checkpoint_timeout 15 min, shared_buffers 1 GB";

    private static final String LOGIN = "?user=postgres&password=postgres";

    private final Path folder;
    private final EmbeddedPostgres server;
    private final Connection connection;

    /**
     * Its use of the machine until a moment.
     *
     * @param cpuSeconds the processor time of all its processes
     * @param walBytes the bytes in its log
     */
    record Used(double cpuSeconds, double walBytes) {

        Used since(Used earlier) {
            return new Used(cpuSeconds - earlier.cpuSeconds, walBytes - earlier.walBytes);
        }
    }

    private ClusterDatabase(Path folder, EmbeddedPostgres server) throws SQLException {
        this.folder = folder;
        this.server = server;
        this.connection = connect("postgres");
    }

    /** Starts it on a folder that is not there yet. */
    static ClusterDatabase start(Path folder) throws IOException, SQLException {
        return new ClusterDatabase(
                folder,
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_wal_size", "8GB")
                        .setServerConfig("checkpoint_timeout", "15min")
                        .setServerConfig("shared_buffers", "1GB")
                        .start());
    }

    /** Its version, as it says itself. */
    String version() throws SQLException {
        return text("SELECT current_setting('server_version')");
    }

    /** Makes an empty database. */
    void create(String name) throws SQLException {
        run("CREATE DATABASE " + name);
    }

    /** Ends all connections to a database and removes it. */
    void drop(String name) throws SQLException {
        run("DROP DATABASE " + name + " WITH (FORCE)");
    }

    /** Begins a checkpoint's worth of log anew, so that each system finds the same. */
    void checkpoint() throws SQLException {
        run("CHECKPOINT");
    }

    /** The address of a database for JDBC. */
    String address(String name) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name + LOGIN;
    }

    /** The address of a database as Pawl's settings have it. */
    String url(String name) {
        return "postgresql://postgres@localhost:" + server.getPort() + "/" + name;
    }

    /** A connection to a database. */
    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(address(name));
    }

    /** Its use of the machine until now. */
    Used used() throws SQLException, IOException {
        double bytes = Double.parseDouble(text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"));
        String first = Files.readAllLines(folder.resolve("postmaster.pid")).get(0);
        return new Used(ProcessTime.ofFamily(Long.parseLong(first.strip())), bytes);
    }

    /** The number of transactions that were committed in a database, once nobody is connected to it any more: each session tells with its end. */
    double commits(String name) throws SQLException {
        while (!text("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'")
                .equals("0")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return Double.parseDouble(text("SELECT xact_commit FROM pg_stat_database WHERE datname = '" + name + "'"));
    }

    private String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        server.close();
    }
}
